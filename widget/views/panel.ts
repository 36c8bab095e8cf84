import { html, nothing, type TemplateResult } from 'lit';
import type { Member } from '../../protocol/entities.ts';
import type { ChannelState } from '../client/channel-state.ts';
import { type Banner, bannerView } from './banner.ts';
import { type ComposerRequests, composer } from './composer.ts';
import type { ViewContext } from './context.ts';
import { header } from './header.ts';
import { type MessageListRequests, messageList } from './message-list.ts';
import { rowsOf } from './rows.ts';

export type PanelInput = {
  readonly state: ChannelState;
  readonly title: string;
  readonly closable: boolean;
  readonly banner: Banner | undefined;
  /** Others' messages that the reader has not seen. */
  readonly unseen: number;
  /** The end of the channel is out of sight. */
  readonly away: boolean;
  readonly draft: string;
};

export interface PanelRequests extends MessageListRequests, ComposerRequests {
  close(): void;
  /** Try now, whatever it is that waits. */
  reconnect(): void;
}

/** All of the element but its launcher. */
export function panel(input: PanelInput, context: ViewContext, requests: PanelRequests): TemplateResult {
  const { state, title, closable, banner, unseen, away } = input;
  const { log, outbox, members, me, role, paging, phase } = state;
  const list = {
    rows: rowsOf({ messages: log?.messages ?? [], outbox, members, me, role }),
    ready: log !== undefined,
    loadingOlder: paging === 'older',
    unseen,
    away: log !== undefined && away,
  };
  // Without a connection nobody knows who is there.
  const online = phase.name === 'live' ? Object.values(members).filter(isOnline).length : 0;
  return html`<section class="panel" part="panel" aria-label=${title}>
    ${header({ title, online, closable }, context, requests.close)}
    ${bannerView(banner, requests.reconnect)}
    ${messageList(list, context, requests)}
    ${phase.name === 'refused' ? nothing : composer({ text: input.draft, closed: closedFor(state, context) }, context, requests)}
  </section>`;
}

function isOnline({ state }: Member): boolean {
  return state === 'online';
}

/** Why the reader cannot write here; undefined when they can. */
function closedFor({ channel, role }: ChannelState, { strings }: ViewContext): string | undefined {
  switch (channel?.settings.state) {
    case undefined:
    case 'open':
      return undefined;
    case 'closed':
      return role === 'organizer' ? undefined : strings.closed;
    case 'ended':
      return strings.ended;
  }
}
