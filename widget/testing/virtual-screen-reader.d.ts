/** The package's bundle for browsers comes without types; it is the same as its main module. */
declare module '@guidepup/virtual-screen-reader/browser.js' {
  export { virtual } from '@guidepup/virtual-screen-reader';
}
