import type {
  DeleteEntry,
  EditEntry,
  Entry,
  MessageEntry,
  ReactionEntry,
  Reactions,
  SystemEntry,
} from '../../../protocol/entities.ts';
import type { KeyedMessage } from '../changes.ts';

/** Field names would be at the mercy of what users call an emoji; values are not. */
type StoredReactions = { emoji: string; users: string[] }[];
type Stored<Each extends { reactions?: Reactions }> = Omit<Each, 'reactions'> & { channel: string };

export type MessageFields = Stored<KeyedMessage> & { reactions?: StoredReactions };
type ReactionFields = Stored<ReactionEntry> & { reactions: StoredReactions };
type OtherFields = (EditEntry | DeleteEntry | SystemEntry) & { channel: string };
export type ChangeFields = ReactionFields | OtherFields;

/** What `readable` leaves of it. */
export type EntryFields = MessageFields | ChangeFields;
/** `touched` counts the edits and deletes in the leaf that this entry is the first of; see `leaves.ts`. */
export type EntryDocument = EntryFields & { touched?: number };

/** All that readers get, and the channel. */
export const readable = Object.freeze({ _id: 0, expiresAt: 0, touched: 0 });

function stored(reactions: Reactions): StoredReactions {
  return Object.entries(reactions).map(([emoji, users]) => ({ emoji, users }));
}
function reactionsOf(reactions: StoredReactions): Reactions {
  return Object.fromEntries(reactions.map(({ emoji, users }) => [emoji, users]));
}

export function messageDocument(channel: string, message: KeyedMessage): MessageFields {
  const { seq, type, id, key, sender, text, sentAt, replyTo, mentions, editedAt, deletedAt, reactions } = message;
  return {
    channel,
    seq,
    type,
    id,
    key,
    sender,
    text,
    sentAt,
    replyTo,
    mentions,
    editedAt,
    deletedAt,
    reactions: reactions && stored(reactions),
  };
}
export function messageOf({ channel: _, reactions, ...message }: MessageFields): KeyedMessage {
  return { ...message, ...(reactions && { reactions: reactionsOf(reactions) }) };
}

export function changeDocument(channel: string, change: Exclude<Entry, MessageEntry>): ChangeFields {
  return change.type === 'reaction'
    ? { channel, ...change, reactions: stored(change.reactions) }
    : { channel, ...change };
}
export function entryOf(fields: EntryFields): Entry {
  if (fields.type === 'message') return messageOf(fields);
  const { channel: _, ...entry } = fields;
  return entry.type === 'reaction' ? { ...entry, reactions: reactionsOf(entry.reactions) } : entry;
}
