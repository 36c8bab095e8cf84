import type { TextSize } from './settings.ts';

const factors: { readonly [size in TextSize]: number } = { small: 0.9, normal: 1, large: 1.2, largest: 1.45 };

/** The texts of the conversation in that size, whatever the host page has set it to; what surrounds them keeps its own. */
export function sizeStyle(size: TextSize): string {
  const factor = factors[size];
  if (factor === 1) return '';
  return `
    :host { --_font-size: calc(var(--mc-font-size, 0.9375rem) * ${factor}) }
    .meta, .quote, .reaction, .failure, .typing, .purpose, .room { font-size: ${0.8125 * factor}rem }
    .day, .unread, time { font-size: ${0.78125 * factor}rem }
    .typing { height: ${1.35 * factor}rem; line-height: ${1.35 * factor}rem }`;
}
