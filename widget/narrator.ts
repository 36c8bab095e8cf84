import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import { type Announcer, announcerFor } from './announcer.ts';
import { mentioning } from './unread.ts';
import type { Banner } from './views/banner.ts';
import type { ViewContext } from './views/context.ts';

/** More news than this at once is counted instead of read out. */
const readOutAtMost = 3;

/** Which of others' messages a screen reader is told: all, those that mention the reader, or none. */
export type Hearing = 'all' | 'mentions' | 'none';

/** Decides what of all that happens is said to a screen reader: what others write, and what stands in the way of it. */
export class Narrator implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #announcer: Announcer | undefined;
  #problem: string | undefined;
  /** What of others' messages is said. */
  hears: Hearing = 'all';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#announcer ??= announcerFor(this.#host);
  }

  hostDisconnected(): void {
    this.#announcer?.stop();
    this.#announcer = undefined;
  }

  /** Others wrote these just now. */
  news(messages: readonly MessageEntry[], me: string | undefined, { strings, formats }: ViewContext): void {
    if (this.hears === 'none') return;
    const mentions = mentioning(messages, me);
    const count = this.hears === 'all' ? messages.length : 0;
    if (count > readOutAtMost) this.say(strings.newMessages(count, formats.number(count)));
    for (const message of count > 0 && count <= readOutAtMost ? messages : mentions.slice(0, readOutAtMost)) {
      const { sender, text } = message;
      this.say((mentions.includes(message) ? strings.mentionsYou : strings.said)(sender.name, text));
    }
  }

  /** What the reader has asked for was done, or was not. */
  say(text: string): void {
    this.#announcer?.say(text);
  }

  /** What is shown of the connection now. Only a problem and its end are said, each once. */
  banner(banner: Banner | undefined, { strings }: ViewContext): void {
    if (banner?.tone === 'calm' || banner?.name === this.#problem) return;
    this.#problem = banner?.name;
    this.#announcer?.say(banner?.text ?? strings.backOnline);
  }
}
