import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import type { ChannelSession } from './client/channel-session.ts';
import type { ChannelState } from './client/channel-state.ts';
import { indexOfSeq } from './client/log.ts';
import type { Outcome } from './client/wire.ts';
import type { MenuRequests, MenuStep } from './lazy/message-menu.ts';
import { LazyPart } from './lazy-part.ts';
import type { ViewContext } from './views/context.ts';
import type { PrivateOffer } from './views/face.ts';
import type { MessageFocus } from './views/message-focus.ts';
import { whyNot } from './views/message-view.ts';

export interface MessageActionsHost {
  readonly focus: MessageFocus;
  /** What there is now. `mayWrite`: the reader may write in this channel. `offer`: they may write to its members in private. */
  look(): {
    session: ChannelSession | undefined;
    state: ChannelState;
    context: ViewContext;
    mayWrite: boolean;
    offer: PrivateOffer | undefined;
  };
  reply(message: MessageEntry): void;
  edit(message: MessageEntry): void;
  jump(seq: number): void;
  /** Tells the reader something, shortly. */
  note(text: string): void;
}

/** What the reader does with messages, and the menu in which they choose it. */
export class MessageActions implements ReactiveController {
  readonly #element: LitElement;
  readonly #host: MessageActionsHost;
  readonly #menu: LazyPart<typeof import('./lazy/message-menu.ts')>;
  #open: { seq: number; step: MenuStep } | undefined;
  /** The step whose first control has the focus already. */
  #focused: MenuStep | undefined;

  constructor(element: LitElement, host: MessageActionsHost) {
    this.#element = element;
    this.#host = host;
    this.#menu = new LazyPart(element, () => import('./lazy/message-menu.ts'));
    element.addController(this);
  }

  /** Opens the menu of a message, or closes it. */
  async toggle(seq: number): Promise<void> {
    if (this.#open?.seq === seq) return this.#close(true);
    if (!(await this.#menu.fetch())) return this.#host.note(this.#host.look().context.strings.unreachable);
    this.#show({ seq, step: 'actions' });
  }

  /** The menu, while one is open. */
  view(): TemplateResult | undefined {
    const message = this.#message;
    const { module } = this.#menu;
    if (!message || !this.#open || !module) return undefined;
    const { state, mayWrite, offer, context } = this.#host.look();
    const own = message.sender.id === state.me;
    const input = {
      message,
      me: state.me,
      step: this.#open.step,
      mayWrite,
      privately: own ? undefined : offer?.label,
      mayEdit: own && mayWrite,
      mayDelete: state.role === 'organizer' || (own && mayWrite),
    };
    return module.messageMenu(input, context, this.#requests);
  }

  /** The reader has pressed somewhere. */
  pressed(event: Event): void {
    const inside = event.composedPath().some((target) => target instanceof Element && target.matches('.menu, .more'));
    if (this.#open && !inside) this.#close(false);
  }

  /** Closes the menu: another conversation comes in its place. */
  leave(): void {
    this.#close(false);
  }

  async react(seq: number, emoji: string, on: boolean): Promise<void> {
    await this.#settle(this.#host.look().session?.react(seq, emoji, on));
  }

  /** Resolves with whether it was done. */
  settleEdit(outcome: Promise<Outcome<'edit'>>): Promise<boolean> {
    return this.#settle(outcome);
  }

  hostUpdated(): void {
    const row = this.#open && this.#row(this.#open.seq);
    const root = this.#element.shadowRoot;
    if (!row || !root || !this.#message) {
      this.#open = undefined;
      return;
    }
    this.#menu.module?.placeMenu(root, row);
    if (this.#focused === this.#open?.step) return;
    this.#focused = this.#open?.step;
    root.querySelector<HTMLElement>('.menu :is(button, input)')?.focus({ preventScroll: true });
  }

  readonly #requests: MenuRequests = {
    step: (step) => this.#open && this.#show({ ...this.#open, step }),
    reply: (message) => this.#leave(() => this.#host.reply(message)),
    edit: (message) => this.#leave(() => this.#host.edit(message)),
    jump: (seq) => {
      this.#close(true);
      this.#host.jump(seq);
    },
    copy: (message) => void this.#copy(message.text),
    writeTo: (message) => void this.#writeTo(message),
    remove: (message) => void this.#remove(message.seq),
    react: (seq, emoji, on) => {
      this.#close(true);
      void this.react(seq, emoji, on);
    },
    dismiss: () => this.#close(true),
    left: () => this.#close(false),
  };

  async #writeTo({ sender }: MessageEntry): Promise<void> {
    // Not to the composer: until the answer has come, what is typed would go to everyone.
    this.#close(true);
    const { session, offer } = this.#host.look();
    const go = await offer?.find(sender.id, sender.name);
    if (this.#host.look().session === session) go?.();
  }

  async #remove(seq: number): Promise<void> {
    this.#close(true);
    const deleted = await this.#settle(this.#host.look().session?.delete(seq));
    const row = this.#row(seq);
    if (deleted && row?.matches(':focus')) this.#host.focus.focusBeside(row);
  }

  async #copy(text: string): Promise<void> {
    this.#close(true);
    const told = await this.#menu.module?.copyText(text, this.#host.look().context.strings);
    if (told !== undefined) this.#host.note(told);
  }

  async #settle(asked: Promise<Outcome<'edit' | 'delete' | 'react'>> | undefined): Promise<boolean> {
    const { strings } = this.#host.look().context;
    const outcome = await asked;
    if (!outcome || outcome.ok) return outcome !== undefined;
    const { code } = outcome.error;
    this.#host.note(code === 'no_answer' ? strings.unreachable : whyNot(code, strings));
    return false;
  }

  #leave(act: () => void): void {
    this.#close(false);
    act();
  }

  #show(open: { seq: number; step: MenuStep }): void {
    this.#open = open;
    this.#focused = undefined;
    this.#element.requestUpdate();
  }

  #close(focus: boolean): void {
    const row = this.#open && this.#row(this.#open.seq);
    this.#open = undefined;
    this.#focused = undefined;
    this.#element.requestUpdate();
    if (focus && row) this.#host.focus.focus(row);
  }

  get #message(): MessageEntry | undefined {
    const messages = this.#host.look().state.log?.messages ?? [];
    const message = this.#open && messages[indexOfSeq(messages, this.#open.seq)];
    return message?.deletedAt === undefined ? message : undefined;
  }

  #row(seq: number): HTMLElement | undefined {
    return this.#element.renderRoot.querySelector<HTMLElement>(`.message[data-seq="${seq}"]`) ?? undefined;
  }
}
