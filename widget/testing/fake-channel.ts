import type { Answers, Payload } from '../../protocol/commands.ts';
import type { ChangeEntry, Channel, Entry, Members, MessageEntry, Receipts } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { applyChange } from '../client/changes.ts';
import type { HeldMessage } from '../lazy/held-messages.ts';

/** A channel's log as a server keeps it: numbered without gaps, one message a key, changes applied to what is stored. */
export class FakeChannel {
  readonly id: string;
  readonly organizers = new Set<string>();
  readonly receipts: Receipts = {};
  readonly members: Members = {};
  /** What waits for an organizer. */
  held: readonly HeldMessage[] = [];
  /** What kind of channel it is. */
  about: Omit<Channel, 'id'>;
  /** The head that answers tell instead of the real one: an instance that is behind the log. */
  hiddenHead: number | undefined;
  readonly #tell: (entries: Entry[]) => void;
  #entries: Entry[] = [];

  constructor(id: string, tell: (entries: Entry[]) => void) {
    this.id = id;
    this.about = { kind: 'meeting', title: id, settings: { state: 'open', directMessages: true } };
    this.#tell = tell;
  }

  get head(): number {
    return this.#entries.length;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get messages(): MessageEntry[] {
    return this.#entries.filter((entry) => entry.type === 'message');
  }

  /** Somebody writes. */
  say(sender: string, text: string, key?: string, more: Partial<MessageEntry> = {}): MessageEntry {
    const seq = this.head + 1;
    const message: MessageEntry = {
      seq,
      type: 'message',
      id: String(1_000_000 + seq),
      ...(key === undefined ? {} : { key }),
      sender: { id: sender, name: nameOf(sender), ...(this.organizers.has(sender) ? { role: 'organizer' } : {}) },
      text,
      sentAt: Date.now(),
      ...more,
    };
    this.#append(message);
    return message;
  }

  /** Somebody changes what is there. */
  change(make: (seq: number) => ChangeEntry): void {
    const change = make(this.head + 1);
    this.#entries = this.#entries.map((entry) =>
      entry.type === 'message' && entry.seq === change.target ? applyChange(entry, change) : entry,
    );
    this.#append(change);
  }

  react({ seq: target, emoji, on }: Payload<'react'>, user: string): void {
    const before = this.messages.find(({ seq }) => seq === target)?.reactions ?? {};
    const users = (before[emoji] ?? []).filter((other) => other !== user).concat(on ? [user] : []);
    const { [emoji]: _, ...others } = before;
    const reactions = users.length > 0 ? { ...others, [emoji]: users } : others;
    this.change((seq) => ({ seq, type: 'reaction', target, emoji, on, reactions, by: user, at: Date.now() }));
  }

  /** As if the server had been set up anew. */
  clear(): void {
    this.#entries = [];
  }

  send({ key, text, replyTo, mentions }: Payload<'send'>, user: string): Answers['send'] {
    const before = this.messages.find((message) => message.sender.id === user && message.key === key);
    const { seq, id, sentAt } =
      before ?? this.say(user, text, key, { ...(replyTo && { replyTo }), ...(mentions && { mentions }) });
    return { seq, id, sentAt };
  }

  join({ since, limit }: Payload<'join'>, user: string): Answers['join'] {
    const role = this.organizers.has(user) ? 'organizer' : 'participant';
    const page =
      since === undefined
        ? { entries: this.#entries.slice(-(limit ?? limits.pageDefault)), head: this.#toldHead }
        : this.sync({ channel: this.id, since, ...(limit === undefined ? {} : { limit }) });
    return {
      channel: { id: this.id, ...this.about },
      role,
      receipts: this.receipts,
      members: { ...this.members, [user]: { name: nameOf(user), role, state: 'online' } },
      more: (page.entries[0]?.seq ?? 1) > 1,
      ...(role === 'organizer' && { held: this.held.length }),
      ...page,
    };
  }

  sync({ since, limit = limits.pageMax }: Payload<'sync'>): Answers['sync'] {
    const entries = this.#entries.slice(since, since + limit);
    return { entries, head: this.#toldHead, more: since + entries.length < this.head };
  }

  history({ before, after, around, limit = limits.pageDefault }: Payload<'history'>): Answers['history'] {
    const all = this.messages;
    const placeOf = (seq: number) => all.filter((message) => message.seq < seq).length;
    const from =
      around !== undefined
        ? placeOf(around) - Math.floor(limit / 2)
        : after !== undefined
          ? placeOf(after + 1)
          : placeOf(before ?? this.head + 1) - limit;
    const messages = all.slice(Math.max(0, from), Math.max(0, from + limit));
    return { messages, hasBefore: from > 0, hasAfter: from + limit < all.length };
  }

  get #toldHead(): number {
    return this.hiddenHead ?? this.head;
  }

  #append(entry: Entry): void {
    this.#entries = [...this.#entries, entry];
    this.#tell([entry]);
  }
}

export function nameOf(user: string): string {
  return user.slice(0, 1).toUpperCase() + user.slice(1);
}
