import { html, nothing, type TemplateResult } from 'lit';
import type { MessageEntry } from '../../protocol/entities.ts';
import { menu as english, type MenuStrings } from '../i18n/menu/en.ts';
import type { ViewContext } from '../views/context.ts';
import { firstEmoji, quickEmoji } from './emoji.ts';
import { menuKeyed } from './menu-keys.ts';

/** What the menu asks just now. */
export type MenuStep = 'actions' | 'emoji' | 'delete';

export type MenuInput = {
  readonly message: MessageEntry;
  readonly step: MenuStep;
  readonly me: string | undefined;
  /** The reader may change the message: write here, and it is theirs. */
  readonly mayEdit: boolean;
  readonly mayDelete: boolean;
  readonly mayWrite: boolean;
  /** How writing to the sender in private is called; undefined where it is not offered. */
  readonly privately: string | undefined;
};

type MenuContext = ViewContext & { readonly strings: MenuStrings };

export interface MenuRequests {
  step(step: MenuStep): void;
  reply(message: MessageEntry): void;
  /** Shows the message of that seq. */
  jump(seq: number): void;
  edit(message: MessageEntry): void;
  copy(message: MessageEntry): void;
  /** To its sender, in private. */
  writeTo(message: MessageEntry): void;
  remove(message: MessageEntry): void;
  react(seq: number, emoji: string, on: boolean): void;
  /** Closes it; the focus goes back to the message. */
  dismiss(): void;
  /** The focus has gone elsewhere. */
  left(): void;
}

export function messageMenu(input: MenuInput, context: ViewContext, requests: MenuRequests): TemplateResult {
  const worded = { ...context, strings: { ...english, ...context.strings } };
  const content = { actions, emoji: emojiForm, delete: deleteForm }[input.step](input, worded, requests);
  const focusLeft = (event: FocusEvent) => {
    const { currentTarget, relatedTarget } = event;
    // No target at all is another window, such as the system's emoji picker.
    if (relatedTarget instanceof Node && currentTarget instanceof Node && !currentTarget.contains(relatedTarget))
      requests.left();
  };
  // It takes the focus itself: in Safari a button that is pressed does not, and what is around the chat would have it.
  return html`<div class="menu" part="menu" tabindex="-1" data-own=${input.message.sender.id === input.me} data-step=${input.step}
    @keydown=${(event: KeyboardEvent) => menuKeyed(event, requests.dismiss)} @focusout=${focusLeft}>${content}</div>`;
}

function actions(input: MenuInput, { strings }: MenuContext, requests: MenuRequests): TemplateResult {
  const { message, mayEdit, mayDelete, mayWrite, privately } = input;
  const { replyTo } = message;
  const item = (part: string, label: string, act: () => void) =>
    html`<button type="button" role="menuitem" class="item" part="menu-item" data-name=${part} tabindex="-1" @click=${act}>${label}</button>`;
  return html`<div role="menu" aria-label=${strings.actions}>
    ${mayWrite ? quickReactions(input, strings.react, requests) : nothing}
    ${mayWrite ? item('emoji', strings.otherEmoji, () => requests.step('emoji')) : nothing}
    ${mayWrite ? item('reply', strings.reply, () => requests.reply(message)) : nothing}
    ${replyTo === undefined ? nothing : item('answered', strings.showAnswered, () => requests.jump(replyTo))}
    ${privately === undefined ? nothing : item('privately', privately, () => requests.writeTo(message))}
    ${mayEdit ? item('edit', strings.edit, () => requests.edit(message)) : nothing}
    ${item('copy', strings.copy, () => requests.copy(message))}
    ${mayDelete ? item('delete', strings.delete, () => requests.step('delete')) : nothing}
  </div>`;
}

/** Whether the reader has reacted with it. */
function isMine({ message, me }: MenuInput, emoji: string): boolean {
  return me !== undefined && message.reactions?.[emoji]?.includes(me) === true;
}

/** With the reader's own others behind them: with the keyboard they are taken back here. */
function quickReactions(input: MenuInput, label: string, { react }: MenuRequests): TemplateResult {
  const { message } = input;
  const others = Object.keys(message.reactions ?? {}).filter((emoji) => isMine(input, emoji));
  return html`<div class="quick" role="group" aria-label=${label}>
    ${[...new Set([...quickEmoji, ...others])].map((emoji) => {
      const mine = isMine(input, emoji);
      return html`<button type="button" role="menuitemcheckbox" class="emoji" part="menu-emoji" tabindex="-1" aria-checked=${mine} @click=${() => react(message.seq, emoji, !mine)}>${emoji}</button>`;
    })}
  </div>`;
}

function emojiForm(input: MenuInput, { strings }: MenuContext, requests: MenuRequests): TemplateResult {
  const typed = (event: Event) => {
    // What an input method offers meanwhile is not chosen yet.
    if (event instanceof InputEvent && event.isComposing) return;
    const { target } = event;
    const emoji = target instanceof HTMLInputElement ? firstEmoji(target.value) : undefined;
    if (emoji !== undefined) requests.react(input.message.seq, emoji, !isMine(input, emoji));
  };
  return html`<div class="ask" role="dialog" aria-label=${strings.otherEmoji}>
    <label for="emoji">${strings.otherEmoji}</label>
    <input id="emoji" part="emoji-input" autocomplete="off" aria-describedby="emoji-hint" @input=${typed} @compositionend=${typed} />
    <small id="emoji-hint">${strings.emojiHint}</small>
  </div>`;
}

function deleteForm({ message }: MenuInput, { strings }: MenuContext, requests: MenuRequests): TemplateResult {
  return html`<div class="ask" role="alertdialog" aria-label=${strings.delete} aria-describedby="delete-ask">
    <span id="delete-ask">${strings.deleteAsk}</span>
    <div class="choices">
      <button type="button" class="choice" part="cancel-delete" @click=${() => requests.dismiss()}>${strings.cancel}</button>
      <button type="button" class="choice danger" part="confirm-delete" @click=${() => requests.remove(message)}>${strings.delete}</button>
    </div>
  </div>`;
}
