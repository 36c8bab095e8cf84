import { html, svg, type TemplateResult } from 'lit';

// 20 × 20, strokes in the colour of the text.
const icon = (shape: TemplateResult) =>
  html`<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;

export const sendIcon = icon(svg`<path d="M10 16V4M5 9l5-5 5 5"/>`);
export const closeIcon = icon(svg`<path d="m5 5 10 10M15 5 5 15"/>`);
export const downIcon = icon(svg`<path d="M10 4v12M5 11l5 5 5-5"/>`);
export const chatIcon = icon(
  svg`<path d="M17 9.5c0 3.6-3.1 6.5-7 6.5-1 0-2-.2-2.9-.55L3.5 16.5l1-3.2C3.6 12.2 3 10.9 3 9.5 3 5.9 6.1 3 10 3s7 2.9 7 6.5Z"/>`,
);
export const sendingIcon = icon(svg`<circle cx="10" cy="10" r="6.5"/><path d="M10 6.5V10l2.2 1.5"/>`);
export const sentIcon = icon(svg`<path d="m5 10.5 3.5 3.5L15.5 6.5"/>`);
export const alertIcon = icon(svg`<circle cx="10" cy="10" r="7"/><path d="M10 6.5v4M10 13.4v.1"/>`);
export const moreIcon = icon(svg`<path d="M4.5 10v.1M10 10v.1M15.5 10v.1" stroke-width="2.4"/>`);
export const replyIcon = icon(svg`<path d="M8 5 3.5 9.5 8 14M4 9.5h7.5c3 0 5 2 5 5"/>`);
export const editIcon = icon(
  svg`<path d="m4 16 .7-3.2 8.6-8.6a1.4 1.4 0 0 1 2 0l.5.5a1.4 1.4 0 0 1 0 2l-8.6 8.6L4 16Z"/>`,
);
export const reachedIcon = icon(svg`<path d="m2.5 10.5 3.5 3.5L13 6.5M10.5 13.6l.5.4 7-7.5"/>`);
export const peopleIcon = icon(
  svg`<circle cx="8" cy="7" r="3"/><path d="M2.5 16c.4-3 2.6-4.5 5.5-4.5s5.1 1.5 5.5 4.5M13 4.3a3 3 0 0 1 0 5.4M15 12c1.5.7 2.3 2 2.5 4"/>`,
);
export const settingsIcon = icon(
  svg`<path d="M3 6h7M14 6h3M3 14h3M10 14h7"/><circle cx="12" cy="6" r="2"/><circle cx="8" cy="14" r="2"/>`,
);
export const searchIcon = icon(svg`<circle cx="9" cy="9" r="5.2"/><path d="m13 13 3.8 3.8"/>`);
