import type { TextSize } from './settings.ts';

const factors: { readonly [size in TextSize]: number } = { small: 0.9, normal: 1, large: 1.2, largest: 1.45 };

/** The texts of the conversation in that size, whatever the host page has set it to; what surrounds them keeps its own. */
export function sizeStyle(size: TextSize): string {
  const factor = factors[size];
  if (factor === 1) return '';
  const rem = (count: number) => `calc(${count * factor} * var(--_rem))`;
  return `
    :host { --_font-size: calc(var(--mc-font-size, calc(0.9375 * var(--_rem))) * ${factor}) }
    .meta, .quote, .reaction, .failure, .typing, .purpose, .room { font-size: ${rem(0.8125)} }
    .day, .unread, time { font-size: ${rem(0.78125)} }
    .typing { height: ${rem(1.35)}; line-height: ${rem(1.35)} }`;
}
