import { css as asWritten, type CSSResult, unsafeCSS } from 'lit';

/**
 * A style sheet in which `rem` is `--_rem`, the size that the reader has set for texts. That of the page's root is often
 * another one, as with `html { font-size: 62.5% }`, and the chat would be too small to read.
 */
export function css(...written: Parameters<typeof asWritten>): CSSResult {
  return unsafeCSS(asWritten(...written).cssText.replace(/([\d.]+)rem/g, 'calc($1*var(--_rem))'));
}
