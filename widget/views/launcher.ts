import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from './context.ts';
import { chatIcon, closeIcon } from './icons.ts';

export type LauncherInput = { readonly open: boolean; readonly unread: number };

/** The badge counts up to here. */
const badgeMax = 99;

export function launcher({ open, unread }: LauncherInput, context: ViewContext, toggle: () => void): TemplateResult {
  const { strings, formats } = context;
  const unreadText = strings.unread(unread, formats.number(unread));
  const label = open ? strings.closeChat : unread > 0 ? `${strings.openChat}, ${unreadText}` : strings.openChat;
  return html`<button type="button" class="launcher" part="launcher" aria-expanded=${open} aria-label=${label} title=${label} @click=${toggle}>
    ${open ? closeIcon : html`<slot name="launcher">${chatIcon}</slot>`}
    ${!open && unread > 0 ? html`<span class="badge" part="badge" aria-hidden="true">${unread > badgeMax ? `${formats.number(badgeMax)}+` : formats.number(unread)}</span>` : nothing}
  </button>`;
}
