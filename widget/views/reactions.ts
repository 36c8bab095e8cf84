import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from './context.ts';
import { isStored, type MessageRow } from './rows.ts';

export interface ReactionRequests {
  react(seq: number, emoji: string, on: boolean): void;
}

/** The reactions to a message. With the keyboard one reacts in the message's menu, so they are no stops of the Tab key. */
export function reactions(
  row: MessageRow,
  context: ViewContext,
  requests: ReactionRequests,
): TemplateResult | typeof nothing {
  const { key, source, me, members } = row;
  if (!isStored(source) || !source.reactions) return nothing;
  const { strings, formats } = context;
  return html`<div class="reactions" part="reactions" id=${`reactions-${key}`}>
    ${Object.entries(source.reactions).map(([emoji, users]) => {
      const mine = me !== undefined && users.includes(me);
      const names = users.map((user) => (user === me ? strings.you : (members[user]?.name ?? user))).join(', ');
      const label = strings.reacted(emoji, users.length, formats.number(users.length), names);
      return html`<button type="button" class="reaction" part="reaction" tabindex="-1" aria-pressed=${mine} aria-label=${label} title=${names} @click=${() => requests.react(source.seq, emoji, !mine)}><span>${emoji}</span>${formats.number(users.length)}</button>`;
    })}
  </div>`;
}
