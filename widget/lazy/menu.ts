import type { LitElement, TemplateResult } from 'lit';
import type { MessageEntry } from '../../protocol/entities.ts';
import type { ChannelSession } from '../client/channel-session.ts';
import { indexOfSeq } from '../client/log.ts';
import type { Sheet as AnySheet } from '../lazy-sheet.ts';
import type { MenuHost } from '../message-actions.ts';
import { copyText } from './copy-text.ts';
import { type MenuRequests, type MenuStep, messageMenu } from './message-menu.ts';
import { MenuPlace } from './place-menu.ts';

export { translations } from '../i18n/menu/translations.ts';
export { messageMenu as styles } from '../styles/message-menu.ts';

type Open = { readonly session: ChannelSession | undefined; readonly seq: number; readonly step: MenuStep };

/** The menu of a message, in which the reader chooses what to do with it. */
export class Sheet implements AnySheet {
  readonly #element: LitElement;
  readonly #host: MenuHost;
  readonly #place: MenuPlace;
  #open: Open | undefined;
  /** What of it is in its place already, and has the focus. */
  #placed: Open | undefined;

  constructor(element: LitElement, host: MenuHost) {
    this.#element = element;
    this.#host = host;
    this.#place = new MenuPlace(element);
    element.renderRoot.addEventListener('pointerdown', (event) => {
      const inside = event.composedPath().some((target) => target instanceof Element && target.matches('.menu, .more'));
      if (this.#open && !inside) this.#close(false);
    });
  }

  /** Opens the menu of that message; closes it when it is open. */
  open(seq = 0): void {
    if (this.#open?.seq === seq) this.#close(true);
    else this.#show({ session: this.#host.look().session, seq, step: 'actions' });
  }

  view(): TemplateResult | undefined {
    const message = this.#message;
    if (!message || !this.#open) return undefined;
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
    return messageMenu(input, context, this.#requests);
  }

  hostUpdate(): void {
    // Another conversation has come in the place of its own.
    if (this.#open && this.#host.look().session !== this.#open.session) this.#open = undefined;
  }

  hostUpdated(): void {
    const row = this.#open && this.#row(this.#open.seq);
    if (!row || !this.#message) this.#open = undefined;
    else if (this.#placed !== this.#open) {
      this.#place.beside(row);
      this.#element.renderRoot.querySelector<HTMLElement>('.menu :is(button, input)')?.focus({ preventScroll: true });
    }
    this.#placed = this.#open;
  }

  readonly #requests: MenuRequests = {
    step: (step) => this.#open && this.#show({ ...this.#open, step }),
    reply: (message) => {
      this.#close(false);
      this.#host.reply(message);
    },
    edit: (message) => {
      this.#close(false);
      this.#host.edit(message);
    },
    jump: (seq) => {
      this.#close(true);
      this.#host.jump(seq);
    },
    copy: (message) => void this.#copy(message.text),
    writeTo: (message) => void this.#writeTo(message),
    remove: (message) => void this.#remove(message.seq),
    react: (seq, emoji, on) => {
      this.#close(true);
      this.#host.react(seq, emoji, on);
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
    const asked = this.#host.look().session?.delete(seq);
    const refused = await this.#host.settle(asked);
    const row = this.#row(seq);
    if (asked && !refused && row?.matches(':focus')) this.#host.focus.focusBeside(row);
  }

  async #copy(text: string): Promise<void> {
    this.#close(true);
    this.#host.note(await copyText(text, this.#host.look().context.strings));
  }

  #show(open: Open): void {
    this.#open = open;
    this.#element.requestUpdate();
  }

  #close(focus: boolean): void {
    const row = this.#open && this.#row(this.#open.seq);
    this.#open = undefined;
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
