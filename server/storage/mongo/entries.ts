import type { ObjectId } from 'mongodb';
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
/**
 * A message's `_id` is its `idOf`; those of databases that began earlier, and all changes, have what MongoDB gave them.
 * `touched` counts the edits and deletes in the leaf that this entry is the first of; see `leaves.ts`.
 */
export type EntryDocument = EntryFields & { _id?: string | ObjectId; touched?: number };

/** All that readers get, and the channel. */
export const readable = Object.freeze({ _id: 0, expiresAt: 0, touched: 0 });

function stored(reactions: Reactions): StoredReactions {
  return Object.entries(reactions).map(([emoji, users]) => ({ emoji, users }));
}
function reactionsOf(reactions: StoredReactions): Reactions {
  return Object.fromEntries(reactions.map(({ emoji, users }) => [emoji, users]));
}

/**
 * One name for a channel, sender and key, so that the index of the names says whether a key was stored before. In this order,
 * so that the names of a channel lie together; no id has a space.
 */
export function idOf(channel: string, sender: string, key: string): string {
  return `${channel} ${sender} ${key}`;
}

/** As it is written for the first time. */
export function newMessageDocument(channel: string, message: KeyedMessage): EntryDocument {
  return messageDocument(channel, message, idOf(channel, message.sender.id, message.key));
}
/** To be put in the place of the one that is stored, whose `_id` stays. */
export function messageDocument(channel: string, message: KeyedMessage, _id?: string): EntryDocument {
  const { seq, type, id, key, sender, text, sentAt, replyTo, mentions, editedAt, deletedAt, reactions } = message;
  return {
    _id,
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
