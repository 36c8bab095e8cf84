import { type ClientSession, type Collection, MongoBulkWriteError } from 'mongodb';
import { type KeyedMessage, messageOf as newMessage } from '../changes.ts';
import type { AppendOutcome, NewMessage } from '../storage.ts';
import { type Connection, duplicateKey } from './connection.ts';
import { type EntryDocument, idOf, type MessageFields, messageOf, newMessageDocument, readable } from './entries.ts';
import { keyIndex } from './upgrade.ts';

/** An entry with its place in the batch. */
export type Placed<Entry> = { index: number; entry: Entry };
export type Settle = (index: number, outcome: AppendOutcome) => void;
export type Heads = (channels: readonly string[]) => Promise<Map<string, number>>;

type Waiting = Placed<NewMessage> & { message: KeyedMessage };

/** Inserts in order, up to the first document that a unique index refuses; answers how many were inserted. */
async function insertInOrder(
  log: Collection<EntryDocument>,
  documents: EntryDocument[],
  session: ClientSession,
): Promise<number> {
  try {
    await log.insertMany(documents, { ordered: true, session });
    return documents.length;
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || error.code !== duplicateKey) throw error;
    // Those before the refused one stand, but only a majority makes them durable.
    const unsure = error.result.getWriteConcernError();
    if (unsure) throw unsure;
    return error.insertedCount;
  }
}

/** The messages that these keys name. */
export function keyQuery({ collections: { log }, hasKeyIndex }: Pick<Connection, 'collections' | 'hasKeyIndex'>) {
  return (entries: readonly { channel: string; sender: { id: string }; key: string }[]) => {
    const options = { projection: readable, batchSize: entries.length + 1 };
    if (hasKeyIndex) {
      const keys = entries.map(({ channel, sender, key }) => ({ channel, 'sender.id': sender.id, key }));
      return log.find<MessageFields>({ $or: keys }, { ...options, hint: keyIndex });
    }
    // The channel says on which shard to look.
    const channel = { $in: entries.map((entry) => entry.channel) };
    const _id = { $in: entries.map(({ channel, sender, key }) => idOf(channel, sender.id, key)) };
    return log.find<MessageFields>({ channel, _id }, { ...options, hint: '_id_' });
  };
}

function firstOfEach(waiting: readonly Waiting[]): Map<string, Waiting> {
  const firsts = new Map<string, Waiting>();
  for (const each of waiting) if (!firsts.has(each.entry.channel)) firsts.set(each.entry.channel, each);
  return firsts;
}

/**
 * Stores messages in their order: one insert for all of them, and another round for each time that other instances, or
 * earlier tries of the same messages, were found to have been faster.
 */
export function messageAppender(connection: Connection, heads: Heads) {
  const { collections, inSession } = connection;
  const withKeys = keyQuery(connection);

  /** The messages that their keys already name, by channel. */
  async function known(firsts: Iterable<Waiting>): Promise<Map<string, KeyedMessage>> {
    const found = await withKeys(Array.from(firsts, ({ entry }) => entry)).toArray();
    return new Map(found.map((fields) => [fields.channel, messageOf(fields)]));
  }

  /** After the first of these was refused: settles all that would be refused as well, and answers the others. */
  async function settleRefused(waiting: readonly Waiting[], settle: Settle): Promise<Waiting[]> {
    const firsts = firstOfEach(waiting);
    const [stored, head] = await Promise.all([known(firsts.values()), heads([...firsts.keys()])]);
    const refused = new Set<string>();
    for (const [channel, first] of firsts) {
      const duplicate = stored.get(channel);
      const free = (head.get(channel) ?? 0) < first.entry.seq && first !== waiting[0];
      if (!duplicate && free) continue;
      refused.add(channel);
      if (duplicate) settle(first.index, { kind: 'duplicate', entry: duplicate });
    }
    return waiting.filter(({ entry }) => !refused.has(entry.channel));
  }

  return async (items: readonly Placed<NewMessage>[], settle: Settle): Promise<void> => {
    let waiting: Waiting[] = items.map(({ index, entry }) => ({ index, entry, message: newMessage(entry) }));
    while (waiting.length > 0) {
      const documents = waiting.map(({ entry, message }) => newMessageDocument(entry.channel, message));
      const inserted = await inSession((session) => insertInOrder(collections.log, documents, session));
      for (const { index, message } of waiting.slice(0, inserted)) settle(index, { kind: 'stored', entry: message });
      const left = waiting.slice(inserted);
      waiting = left.length > 0 ? await settleRefused(left, settle) : [];
    }
  };
}
