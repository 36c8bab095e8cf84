import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import { type Announcer, announcerFor } from './announcer.ts';
import type { Banner } from './views/banner.ts';
import type { ViewContext } from './views/context.ts';

/** More news than this at once is counted instead of read out. */
const readOutAtMost = 3;

/** Decides what of all that happens is said to a screen reader: what others write, and what stands in the way of it. */
export class Narrator implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #announcer: Announcer | undefined;
  #problem: string | undefined;

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
  news(messages: readonly MessageEntry[], { strings, formats }: ViewContext): void {
    if (messages.length > readOutAtMost) {
      this.#announcer?.say(strings.newMessages(messages.length, formats.number(messages.length)));
    } else {
      for (const { sender, text } of messages) this.#announcer?.say(strings.said(sender.name, text));
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
