import type { ReactiveControllerHost } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import type { ChannelSession } from './client/channel-session.ts';
import { indexOfSeq } from './client/log.ts';
import type { FailureCode, Outcome } from './client/wire.ts';
import { drafts } from './drafts.ts';
import { canSend } from './views/composer.ts';

/** What the composer is for just now. */
export type Purpose =
  | { readonly name: 'new' }
  /** `message`: what is answered, or is to have other words. */
  | { readonly name: 'reply' | 'edit'; readonly message: MessageEntry };

/** What became of a submit: a message went out, or a change was asked for. */
export type Submitted =
  | { name: 'sent' }
  /** `again`, where it was refused: its words are back in the composer, unless the reader is writing others. */
  | { name: 'edited'; outcome: Promise<Outcome<'edit'>>; again: (code: FailureCode) => void };

/** What the reader is writing, and for what. */
export class Composition {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  #text = '';
  #purpose: Purpose = { name: 'new' };
  /** The text that an edit has put aside. */
  #aside = '';
  #address: string | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  get text(): string {
    return this.#text;
  }

  get purpose(): Purpose {
    return this.#purpose;
  }

  /** Whose conversation this is. In another one stands what was being written there, so that nothing is sent to the wrong one. */
  belongTo(address: string): void {
    if (address === this.#address) return;
    // What was written before anybody knew who the user is goes on as it is.
    if (this.#address !== undefined || this.#text === '') {
      this.#text = drafts.read(address);
      this.#purpose = { name: 'new' };
      this.#aside = '';
    }
    this.#address = address;
  }

  type(text: string): void {
    this.#set(text, this.#purpose);
  }

  reply(message: MessageEntry): void {
    this.cancel();
    this.#set(this.#text, { name: 'reply', message });
  }

  edit(message: MessageEntry, text = message.text): void {
    this.cancel();
    this.#aside = this.#text;
    this.#set(text, { name: 'edit', message });
  }

  /** What it is about may have other words by now, or be deleted. */
  follow(messages: readonly MessageEntry[]): void {
    const purpose = this.#purpose;
    if (purpose.name === 'new') return;
    const message = messages[indexOfSeq(messages, purpose.message.seq)];
    if (message) this.#purpose = { ...purpose, message };
  }

  /** A reply becomes a message like any other; an edit is dropped, and what it had put aside is back. */
  cancel(): void {
    this.#set(this.#purpose.name === 'edit' ? this.#aside : this.#text, { name: 'new' });
  }

  /** Undefined while it cannot go: nothing is written, it is too long, or nobody knows yet who the user is. */
  submit(session: ChannelSession): Submitted | undefined {
    if (!canSend(this.#text)) return undefined;
    const purpose = this.#purpose;
    const text = this.#text.trim();
    if (purpose.name === 'edit') {
      this.cancel();
      const { message } = purpose;
      if (text === message.text) return undefined;
      const [address, left] = [this.#address, this.#text];
      const again = (code: FailureCode) => {
        if (this.#address !== address || this.#purpose.name !== 'new' || this.#text !== left) return;
        // There is nothing left to edit: they are a text like any other.
        if (code === 'not_found') this.type(left ? `${left}\n${text}` : text);
        else this.edit(message, text);
      };
      return { name: 'edited', outcome: session.edit(message.seq, text), again };
    }
    const replyTo = purpose.name === 'reply' ? { replyTo: purpose.message.seq } : {};
    if (session.send({ text, ...replyTo }) === undefined) return undefined;
    this.#set('', { name: 'new' });
    return { name: 'sent' };
  }

  #set(text: string, purpose: Purpose): void {
    this.#text = text;
    this.#purpose = purpose;
    // The text of an edit belongs to its message; the draft is what it has put aside.
    if (this.#address !== undefined) drafts.write(this.#address, purpose.name === 'edit' ? this.#aside : text);
    this.#host.requestUpdate();
  }
}
