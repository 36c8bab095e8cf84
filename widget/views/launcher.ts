import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from './context.ts';
import { chatIcon, closeIcon } from './icons.ts';

export type LauncherInput = {
  readonly open: boolean;
  readonly unread: number;
  readonly mentions: number;
  /** What waits for the reader besides, in words. */
  readonly waiting: string | undefined;
};

/** The badge counts up to here. */
const badgeMax = 99;

export function launcher(
  { open, unread, mentions, waiting }: LauncherInput,
  context: ViewContext,
  toggle: () => void,
): TemplateResult {
  const { strings, formats } = context;
  const said = [strings.openChat];
  if (unread > 0) said.push(strings.unread(unread, formats.number(unread)));
  if (mentions > 0) said.push(strings.mentions(mentions, formats.number(mentions)));
  if (waiting) said.push(waiting);
  const label = open ? strings.closeChat : said.join(', ');
  const count = mentions || unread;
  const shown = count > badgeMax ? `${formats.number(badgeMax)}+` : formats.number(count);
  return html`<button type="button" class="launcher" part="launcher" aria-expanded=${open} aria-label=${label} title=${label} @click=${toggle}>
    ${open ? closeIcon : html`<slot name="launcher">${chatIcon}</slot>`}
    ${!open && (unread > 0 || waiting) ? html`<span class="badge" part="badge" ?data-mentions=${mentions > 0} aria-hidden="true">${mentions > 0 ? '@' : nothing}${unread > 0 ? shown : '!'}</span>` : nothing}
  </button>`;
}
