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
  /** What others wrote since the last announcement. */
  #news: MessageEntry[] = [];
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
    this.#news = [];
  }

  /** Others wrote these just now. */
  news(messages: readonly MessageEntry[], me: string | undefined, context: ViewContext): void {
    const heard = { all: messages, mentions: mentioning(messages, me), none: [] }[this.hears];
    // However they came, one by one or together: it is the announcement that must not become a flood.
    if (this.#news.length === 0 && heard.length > 0) this.#announcer?.say(() => this.#tell(me, context));
    this.#news.push(...heard);
  }

  #tell(me: string | undefined, { strings, formats }: ViewContext): string {
    const news = this.#news.splice(0);
    const mentions = mentioning(news, me);
    const count = news.length;
    const lines =
      count > readOutAtMost && this.hears === 'all' ? [strings.newMessages(count, formats.number(count))] : [];
    for (const message of count > readOutAtMost ? mentions.slice(0, readOutAtMost) : news) {
      const { sender, text } = message;
      lines.push((mentions.includes(message) ? strings.mentionsYou : strings.said)(sender.name, text));
    }
    return lines.join('\n');
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
