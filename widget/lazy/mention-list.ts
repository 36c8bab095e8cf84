import { html, type LitElement, nothing, type ReactiveController, render, type TemplateResult } from 'lit';
import type { ChannelState } from '../client/channel-state.ts';
import { conversations as inConversations } from '../i18n/conversations/en.ts';
import { mention as english } from '../i18n/mention/en.ts';
import { avatar } from '../views/avatar.ts';
import { isComposing } from '../views/composing.ts';
import type { ViewContext } from '../views/context.ts';
import { type Call, callAt, type Person, peopleFor } from './call.ts';

export { translations } from '../i18n/mention/translations.ts';
export { mentionList as styles } from '../styles/mention-list.ts';

export interface MentionListHost {
  look(): { state: ChannelState; context: ViewContext };
  /** Tells a screen reader. */
  say(text: string): void;
}

/** What can change where the caret stands, or whether there is one. */
const looks = ['input', 'keyup', 'click', 'focusin', 'focusout'] as const;

/**
 * Offers the members of the channel behind an @ in the composer. The input keeps the focus, and says by
 * `aria-activedescendant` which one Enter or Tab would take. It stays a text box and is no combobox, which has one line only.
 */
export class MentionList implements ReactiveController {
  readonly #element: LitElement;
  readonly #host: MentionListHost;
  readonly #box = document.createElement('div');
  #call: Call | undefined;
  #people: readonly Person[] = [];
  #active = 0;
  /** The @ for which nothing more is to be offered: the reader has chosen, or wants nothing. */
  #done: Call | undefined;

  constructor(element: LitElement, host: MentionListHost) {
    this.#element = element;
    this.#host = host;
    const { renderRoot } = element;
    // Before the composer's own listener: Enter is to choose here, and not to send.
    renderRoot.addEventListener('keydown', (event) => event instanceof KeyboardEvent && this.#keyed(event), true);
    // What was typed is the composer's first: an update before it has read it would put back what stood there.
    for (const name of looks) renderRoot.addEventListener(name, (event) => this.#look(event), name !== 'input');
    element.addController(this);
    this.#find();
  }

  hostUpdated(): void {
    const input = this.#input;
    if (!input) return;
    if (this.#call) this.#find();
    const { context } = this.#host.look();
    const open = this.#people.length > 0;
    const stage = this.#element.renderRoot.querySelector('.stage');
    if (open && this.#box.parentNode !== stage) stage?.append(this.#box);
    render(open ? this.#view(context) : nothing, this.#box);
    if (!open) this.#box.remove();
    describe(input, open ? `person-${this.#active}` : undefined);
    this.#box.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  get #input(): HTMLTextAreaElement | null {
    return this.#element.renderRoot.querySelector('textarea');
  }

  #look({ type, target }: Event): void {
    if (!(target instanceof HTMLTextAreaElement)) return;
    if (type === 'focusout') this.#close();
    else this.#find();
  }

  /** Looks for a call at the caret, and for who is meant. */
  #find(): void {
    const input = this.#input;
    const { selectionStart: caret, selectionEnd, value = '' } = input ?? {};
    const isThere = input?.matches(':focus') && caret !== undefined && caret === selectionEnd;
    const call = isThere ? callAt(value, caret) : undefined;
    if (call?.at === this.#call?.at && call?.begun === this.#call?.begun && this.#people.length > 0) return;
    if (!call || !this.#isDone(call)) this.#done = undefined;
    const { state } = this.#host.look();
    const people = call && !this.#done ? peopleFor(call.begun, state.members, state.me) : [];
    const wasOpen = this.#people.length > 0;
    this.#call = call;
    if (people.length === 0 && !wasOpen) return;
    this.#people = people;
    this.#active = 0;
    if (people.length > 0 && !wasOpen) this.#announce(people.length);
    this.#element.requestUpdate();
  }

  #isDone({ at, begun }: Call): boolean {
    return this.#done?.at === at && begun.startsWith(this.#done.begun);
  }

  #announce(count: number): void {
    const { strings, formats } = this.#host.look().context;
    this.#host.say((strings.suggested ?? english.suggested)(count, formats.number(count)));
  }

  #keyed(event: KeyboardEvent): void {
    if (this.#people.length === 0 || isComposing(event) || !(event.target instanceof HTMLTextAreaElement)) return;
    const count = this.#people.length;
    const act = {
      ArrowDown: () => this.#activate((this.#active + 1) % count),
      ArrowUp: () => this.#activate((this.#active - 1 + count) % count),
      Enter: event.shiftKey ? undefined : () => this.#choose(this.#active),
      Tab: event.shiftKey ? undefined : () => this.#choose(this.#active),
      Escape: () => {
        this.#done = this.#call;
        this.#close();
      },
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #activate(index: number): void {
    this.#active = index;
    this.#element.requestUpdate();
  }

  #choose(index: number): void {
    const input = this.#input;
    const person = this.#people[index];
    if (!input || !person || !this.#call) return;
    const { at } = this.#call;
    this.#done = { at, begun: person.word };
    this.#close();
    input.setSelectionRange(at, input.selectionStart);
    // As if it were typed: what a script sets can be undone no more, nor what was written before.
    document.execCommand('insertText', false, `@${person.word} `);
  }

  #close(): void {
    this.#call = undefined;
    this.#people = [];
    this.#element.requestUpdate();
  }

  #view({ strings }: ViewContext): TemplateResult {
    const label = strings.people ?? english.people;
    const there = strings.isOnline ?? inConversations.isOnline;
    // Pressing must not take the focus from the input, nor does Tab, which chooses; but what scrolls has to be within its reach.
    return html`<div class="people" part="people" id="people" role="listbox" tabindex="0" aria-label=${label} @pointerdown=${(event: Event) => event.preventDefault()}>
      ${this.#people.map(
        ({ id, name, online, word }, index) =>
          html`<div class="person" part="person" id=${`person-${index}`} role="option" aria-selected=${index === this.#active} data-user=${id} @click=${() => this.#choose(index)}>
            ${avatar(id, name)}<bdi class="person-name">${name}</bdi>${word === name ? nothing : html`<small>${id}</small>`}${online ? html`<span class="there" role="img" aria-label=${there}></span>` : nothing}
          </div>`,
      )}
    </div>`;
  }
}

/** Tells of the list at the input, as long as it is there. */
function describe(input: HTMLTextAreaElement, active: string | undefined): void {
  const attributes = {
    'aria-autocomplete': 'list',
    'aria-controls': 'people',
    'aria-haspopup': 'listbox',
    'aria-activedescendant': active,
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (active === undefined || value === undefined) input.removeAttribute(name);
    else input.setAttribute(name, value);
  }
}
