/** The key is an input method's. 229: some browsers send the Enter that ends a composition after they have said that it is over. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
