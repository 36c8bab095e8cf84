import type {
  DeleteEntry,
  EditEntry,
  MessageEntry,
  ReactionEntry,
  Reactions,
  SystemEntry,
} from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { NewChange, NewMessage } from './storage.ts';

/** A message as a store holds it: it always has its key. */
export type KeyedMessage = MessageEntry & { key: string };

type NewOf<Entry> = Extract<NewChange, { type: Entry extends { type: infer Type } ? Type : never }>;
export type NewSystem = NewOf<SystemEntry>;
/** A change to a message, as it is asked for. */
export type NewTargeted = Exclude<NewChange, NewSystem>;

export type Effect =
  | { kind: 'changed'; entry: EditEntry | DeleteEntry | ReactionEntry; message: KeyedMessage }
  | { kind: 'unchanged' }
  | { kind: 'missing' }
  | { kind: 'full' };

export function messageOf(entry: NewMessage): KeyedMessage {
  const { seq, type, id, key, sender, text, sentAt, replyTo, mentions } = entry;
  const message: KeyedMessage = { seq, type, id, key, sender, text, sentAt };
  if (replyTo !== undefined) message.replyTo = replyTo;
  if (mentions !== undefined) message.mentions = mentions;
  return message;
}

export function systemOf({ seq, type, event, value, by, at }: NewSystem): SystemEntry {
  return { seq, type, event, value, by, at };
}

/** What a change makes of the message that it targets. */
export function effectOf(change: NewTargeted, target: KeyedMessage | undefined): Effect {
  if (!target) return { kind: 'missing' };
  if (target.deletedAt !== undefined) return { kind: change.type === 'delete' ? 'unchanged' : 'missing' };
  switch (change.type) {
    case 'edit':
      return edited(change, target);
    case 'delete': {
      const { seq, type, target: seqOfTarget, by, at } = change;
      // Whom it named and what was felt about it goes with what it said.
      const { mentions: _, reactions: __, ...rest } = target;
      return {
        kind: 'changed',
        entry: { seq, type, target: seqOfTarget, by, at },
        message: { ...rest, text: '', deletedAt: at },
      };
    }
    case 'reaction':
      return reacted(change, target);
  }
}

function edited(change: NewOf<EditEntry>, target: KeyedMessage): Effect {
  const { seq, type, by, at, text, mentions } = change;
  if (text === target.text && JSON.stringify(mentions ?? []) === JSON.stringify(target.mentions ?? [])) {
    return { kind: 'unchanged' };
  }
  const { mentions: _, ...rest } = target;
  const now = { text, ...(mentions !== undefined && { mentions }) };
  return {
    kind: 'changed',
    entry: { seq, type, target: target.seq, by, at, ...now },
    message: { ...rest, ...now, editedAt: at },
  };
}

function reacted(change: NewOf<ReactionEntry>, target: KeyedMessage): Effect {
  const { seq, type, by, at, emoji, on } = change;
  // A map and `fromEntries`, because an "emoji" may be a name such as `__proto__`.
  const all = new Map(Object.entries(target.reactions ?? {}));
  const users = all.get(emoji) ?? [];
  if (users.includes(by) === on) return { kind: 'unchanged' };
  // Every reaction's entry carries all of them, so without a bound a message could be made to weigh more with each.
  if (on && users.length === 0 && all.size >= limits.reactions) return { kind: 'full' };
  const left = on ? [...users, by] : users.filter((user) => user !== by);
  if (left.length > 0) all.set(emoji, left);
  else all.delete(emoji);
  const reactions: Reactions = Object.fromEntries(all);
  const { reactions: _, ...rest } = target;
  return {
    kind: 'changed',
    entry: { seq, type, target: target.seq, by, at, emoji, on, reactions },
    message: all.size > 0 ? { ...rest, reactions } : rest,
  };
}
