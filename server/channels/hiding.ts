import type { Entry, MessageEntry, Reactions } from '../../protocol/entities.ts';
import type { NamedEvent } from '../../protocol/events.ts';

// What a reader gets of those whom they have blocked. Entries keep their place, because seq has no gaps.

type Hidden = ReadonlySet<string>;

/** What the joined of a channel are told beside its entries. */
export type ChannelEvent = NamedEvent<'receipts' | 'presence' | 'typing' | 'channel'>;

export function entriesFor(hidden: Hidden, entries: Entry[]): Entry[] {
  return hidden.size === 0 ? entries : entries.map((entry) => entryFor(hidden, entry));
}

export function messagesFor<Message extends MessageEntry>(hidden: Hidden, messages: Message[]): Message[] {
  return hidden.size === 0 ? messages : messages.map((message) => messageFor(hidden, message));
}

export function messageFor<Message extends MessageEntry>(hidden: Hidden, message: Message): Message {
  if (hidden.has(message.sender.id)) {
    const { key: _, mentions: __, replyTo: ___, reactions: ____, ...rest } = message;
    // Every field that is left out is optional, so what remains is of the same type.
    return { ...rest, sender: { id: message.sender.id, name: '' }, text: '', hidden: true } as Message;
  }
  const { reactions } = message;
  return reactions === undefined ? message : { ...message, reactions: reactionsFor(hidden, reactions) };
}

/** Who may be hidden from somebody in this entry; a cheap question, because it is asked at every delivery. */
export function hasPartOf(hidden: { has(user: string): boolean }, entry: Entry): boolean {
  switch (entry.type) {
    case 'message':
      return hidden.has(entry.sender.id) || (entry.reactions !== undefined && reactors(hidden, entry.reactions));
    case 'reaction':
      return reactors(hidden, entry.reactions);
    case 'edit':
      return hidden.has(entry.by);
    case 'delete':
    case 'system':
      return false;
  }
}

/** Whom an event is about. */
export function usersIn(event: ChannelEvent): string[] {
  switch (event.name) {
    case 'receipts':
      return Object.keys(event.payload.receipts);
    case 'presence':
      return Object.keys(event.payload.members);
    case 'typing':
      return [event.payload.user];
    case 'channel':
      return [];
  }
}

/** The event itself where nothing of it is hidden from this reader, undefined where all of it is. */
export function eventFor(hidden: Hidden, event: ChannelEvent): ChannelEvent | undefined {
  if (!usersIn(event).some((user) => hidden.has(user))) return event;
  switch (event.name) {
    case 'receipts': {
      const receipts = withoutHidden(hidden, event.payload.receipts);
      return receipts && { name: 'receipts', payload: { ...event.payload, receipts } };
    }
    case 'presence': {
      const members = withoutHidden(hidden, event.payload.members);
      return members && { name: 'presence', payload: { ...event.payload, members } };
    }
    default:
      return undefined;
  }
}

/** Members' things by their ids, without those of the hidden; undefined when nothing is left. */
export function withoutHidden<Value>(
  hidden: Hidden,
  values: { [user: string]: Value },
): { [user: string]: Value } | undefined {
  const left = Object.entries(values).filter(([user]) => !hidden.has(user));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function entryFor(hidden: Hidden, entry: Entry): Entry {
  switch (entry.type) {
    case 'message':
      return messageFor(hidden, entry);
    case 'reaction': {
      const seen = { ...entry, reactions: reactionsFor(hidden, entry.reactions) };
      return hidden.has(entry.by) ? { ...seen, emoji: '', hidden: true } : seen;
    }
    case 'edit': {
      if (!hidden.has(entry.by)) return entry;
      const { mentions: _, ...rest } = entry;
      return { ...rest, text: '', hidden: true };
    }
    case 'delete':
    case 'system':
      return entry;
  }
}

function reactors(hidden: { has(user: string): boolean }, reactions: Reactions): boolean {
  return Object.values(reactions).some((users) => users.some((user) => hidden.has(user)));
}

function reactionsFor(hidden: Hidden, reactions: Reactions): Reactions {
  return Object.fromEntries(
    Object.entries(reactions)
      .map(([emoji, users]) => [emoji, users.filter((user) => !hidden.has(user))] as const)
      .filter(([, users]) => users.length > 0),
  );
}
