const sheets = new WeakMap<ShadowRoot, CSSStyleSheet>();
const gapPx = 4;

/** Below the row, or above it where there is more room. By a style sheet of script's own: inline styles may be forbidden. */
export function placeMenu(root: ShadowRoot, row: HTMLElement): void {
  const menu = root.querySelector<HTMLElement>('.menu');
  const stage = menu?.parentElement;
  if (!menu || !stage) return;
  const sheet = sheetOf(root);
  const { top: stageTop, height: stageHeight } = stage.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  const height = menu.offsetHeight;
  const below = bottom - stageTop + gapPx;
  const fitsBelow = below + height <= stageHeight;
  const wanted = fitsBelow ? below : top - stageTop - gapPx - height;
  const place = Math.max(gapPx, Math.min(wanted, stageHeight - height - gapPx));
  sheet.replaceSync(`.menu { inset-block-start: ${Math.round(place)}px }`);
}

function sheetOf(root: ShadowRoot): CSSStyleSheet {
  const known = sheets.get(root);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheets.set(root, sheet);
  root.adoptedStyleSheets.push(sheet);
  return sheet;
}
