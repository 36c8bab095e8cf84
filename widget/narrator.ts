import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import { type Announcer, announcerFor } from './announcer.ts';
import type { Formats } from './i18n/formats.ts';
import type { KnownStrings } from './i18n/texts.ts';
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
  #closed: string | undefined;
  /** What others wrote since the last announcement, by the words of the conversation in which they did. */
  readonly #news = new Map<KnownStrings, MessageEntry[]>();
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
    this.#news.clear();
  }

  /** Others wrote these just now. */
  news(messages: readonly MessageEntry[], me: string | undefined, { strings, formats }: ViewContext): void {
    const heard = { all: messages, mentions: mentioning(messages, me), none: [] }[this.hears];
    // However they came, one by one or together: it is the announcement that must not become a flood.
    if (heard.length === 0) return;
    if (this.#news.size === 0) {
      this.#announcer?.say(() => {
        const told = [...this.#news].flatMap(([words, news]) => this.#tell(news, me, words, formats));
        this.#news.clear();
        return told.join('\n');
      });
    }
    this.#news.set(strings, [...(this.#news.get(strings) ?? []), ...heard]);
  }

  #tell(news: MessageEntry[], me: string | undefined, strings: KnownStrings, formats: Formats): string[] {
    const mentions = mentioning(news, me);
    const count = news.length;
    const lines =
      count > readOutAtMost && this.hears === 'all' ? [strings.newMessages(count, formats.number(count))] : [];
    for (const message of count > readOutAtMost ? mentions.slice(0, readOutAtMost) : news) {
      const { sender, text } = message;
      lines.push((mentions.includes(message) ? strings.mentionsYou : strings.said)(sender.name, text));
    }
    return lines;
  }

  /** What the reader has asked for was done, or was not. */
  say(text: string): void {
    this.#announcer?.say(text);
  }

  /** Why the reader cannot write now; said once. */
  closed(why: string | undefined): void {
    if (why !== undefined && why !== this.#closed) this.say(why);
    this.#closed = why;
  }

  /** What is shown of the connection now. Only a problem and its end are said, each once. */
  banner(banner: Banner | undefined, { strings }: ViewContext): void {
    if (banner?.tone === 'calm' || banner?.name === this.#problem) return;
    this.#problem = banner?.name;
    this.#announcer?.say(banner?.text ?? strings.backOnline);
  }
}
