import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from './context.ts';
import type { Face } from './face.ts';
import { closeIcon, peopleIcon, searchIcon, settingsIcon } from './icons.ts';

export type HeaderInput = {
  readonly title: string;
  readonly face: Face | undefined;
  /** Members who are online now. */
  readonly online: number;
  readonly closable: boolean;
};

export interface HeaderRequests {
  close(): void;
  /** Shows who is in the channel. */
  members(): void;
  search(): void;
  settings(): void;
}

export function header(
  { title, face, online, closable }: HeaderInput,
  context: ViewContext,
  requests: HeaderRequests,
): TemplateResult {
  const { strings, formats } = context;
  return html`<header class="header" part="header">
    <div class="titles">
      ${face?.heading ?? html`<h2 part="title" dir="auto" title=${title}>${title}</h2>`}
      ${face?.subtitle ?? (online > 0 ? html`<p class="subtitle" part="subtitle">${strings.online(online, formats.number(online))}</p>` : nothing)}
    </div>
    <slot name="header"></slot>
    <button type="button" class="icon-button" part="open-search" aria-haspopup="dialog" aria-label=${strings.search} title=${strings.search} @click=${() => requests.search()}>${searchIcon}</button>
    <button type="button" class="icon-button" part="open-members" aria-haspopup="dialog" aria-label=${strings.members} title=${strings.members} @click=${() => requests.members()}>${peopleIcon}</button>
    <button type="button" class="icon-button" part="open-settings" aria-haspopup="dialog" aria-label=${strings.settings} title=${strings.settings} @click=${() => requests.settings()}>${settingsIcon}</button>
    ${closable ? html`<button type="button" class="icon-button" part="close" aria-label=${strings.closeChat} title=${strings.closeChat} @click=${() => requests.close()}>${closeIcon}</button>` : nothing}
  </header>`;
}
