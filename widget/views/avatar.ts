import { html, type TemplateResult } from 'lit';

/** How many colours there are in the style sheet. */
const hues = 8;

/** A disc with a person's initials, in a colour that is theirs on every screen. */
export function avatar(id: string, name: string): TemplateResult {
  return html`<span class="avatar" part="avatar" data-hue=${hueOf(id)} aria-hidden="true">${initials(name)}</span>`;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  // By code points: half of a surrogate pair is no letter.
  return picked
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

function hueOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  // The upper bits: the lowest ones know little of all but the last letters.
  return (hash >>> 24) % hues;
}
