import { isDeepStrictEqual } from 'node:util';
import type { Db, Document, IndexDescription } from 'mongodb';
import type { Collections } from './collections.ts';
import { upgradeLeaves } from './upgrade.ts';

// Each index costs every message some 5 µs of the database's time, and a share of what it writes to the disk at a checkpoint.
//
// Every unique index and every query of what belongs to a channel begins with the channel, so that the collections can be
// sharded by it: `log`, `leaves`, `members` and `receipts` on { channel: 1 }, `channels` on its _id.

type Shape = { validator: Document; indexes: IndexDescription[] };

const text = { bsonType: 'string' };
/** The driver writes a number as an int32 where it fits and as a double where not. */
const count = { bsonType: ['int', 'long', 'double'], minimum: 0 };
const seq = { bsonType: ['int', 'long', 'double'], minimum: 1 };
const flag = { bsonType: 'bool' };
const texts = { bsonType: 'array', items: text };

function object(required: { [name: string]: Document }, optional: { [name: string]: Document } = {}): Document {
  return { bsonType: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}
function one(value: string): Document {
  return { enum: [value] };
}

const reactions = { bsonType: 'array', items: object({ emoji: text, users: texts }) };
const change = { channel: text, seq, by: text, at: count };
const log: Shape = {
  validator: {
    // One of them by its type; `oneOf` would go on to ask the others of each message.
    anyOf: [
      object(
        {
          channel: text,
          seq,
          type: one('message'),
          id: { bsonType: 'string', pattern: '^[0-9]{1,20}$' },
          key: text,
          sender: object({ id: text, name: text }),
          text,
          sentAt: count,
        },
        { replyTo: seq, mentions: texts, reactions, editedAt: count, deletedAt: count },
      ),
      object({ ...change, type: one('edit'), target: seq, text }, { mentions: texts }),
      object({ ...change, type: one('delete'), target: seq }),
      object({ ...change, type: one('reaction'), target: seq, emoji: text, on: flag, reactions }),
      object({ ...change, type: one('system'), event: { enum: ['title', 'state'] }, value: text }),
    ],
  },
  indexes: [
    { name: 'seq', key: { channel: 1, seq: 1 }, unique: true },
    { name: 'messages', key: { channel: 1, type: 1, seq: 1 } },
    {
      name: 'target',
      key: { channel: 1, target: 1, type: 1, by: 1, seq: 1 },
      partialFilterExpression: { target: { $exists: true } },
    },
    // Only what has a date: this index costs a message nothing.
    {
      name: 'retention',
      key: { expiresAt: 1 },
      expireAfterSeconds: 0,
      partialFilterExpression: { expiresAt: { $exists: true } },
    },
    { name: 'event', key: { channel: 1, event: 1, seq: 1 }, partialFilterExpression: { event: { $exists: true } } },
  ],
};

const shapes: { [Name in keyof Collections]: Shape } = {
  log,
  leaves: {
    validator: object({
      channel: text,
      part: count,
      leaf: count,
      until: seq,
      times: { bsonType: 'binData' },
      hits: { bsonType: 'object' },
    }),
    // In this order the newest come first, and one that moves up while it is read is still found there.
    indexes: [{ name: 'place', key: { channel: 1, part: 1, leaf: -1 }, unique: true }],
  },
  channels: {
    validator: object(
      { _id: text, kind: text, title: text, settings: object({ state: text, directMessages: flag }), createdAt: count },
      { owner: text, passcodeHash: text, revision: text },
    ),
    indexes: [],
  },
  members: {
    validator: object({
      channel: text,
      user: text,
      role: text,
      joinedAt: count,
      muted: flag,
      removed: flag,
      invited: flag,
      appointed: flag,
    }),
    indexes: [
      { name: 'member', key: { channel: 1, user: 1 }, unique: true },
      { name: 'order', key: { channel: 1, removed: 1, role: 1, joinedAt: 1, user: 1 } },
      // The one question that is not asked of a channel; over shards it goes to each of them.
      { name: 'user', key: { user: 1, removed: 1, joinedAt: -1, channel: 1 } },
    ],
  },
  receipts: {
    validator: object({
      channel: text,
      user: text,
      delivered: count,
      read: count,
      steps: { bsonType: 'array', items: object({ seq: count, at: count }) },
    }),
    indexes: [{ name: 'member', key: { channel: 1, user: 1 }, unique: true }],
  },
  users: {
    validator: object({ _id: text, name: text }, { picture: text, provider: text, lastSeen: count }),
    indexes: [],
  },
  blocks: {
    validator: object({ user: text, blocked: text }),
    indexes: [{ name: 'block', key: { user: 1, blocked: 1 }, unique: true }],
  },
  retained: { validator: object({ _id: text, first: seq, at: count }), indexes: [] },
  held: {
    validator: object({
      channel: text,
      user: text,
      key: text,
      at: count,
      text,
      sender: object({ id: text, name: text }),
    }),
    indexes: [
      { name: 'message', key: { channel: 1, user: 1, key: 1 }, unique: true },
      { name: 'order', key: { channel: 1, at: 1 } },
      // What was decided is kept: those that wait are not to be looked for among it.
      { name: 'waiting', key: { channel: 1, state: 1, at: 1 } },
    ],
  },
  audit: {
    validator: object(
      { at: count, actor: text, action: text, outcome: text, times: count },
      { channel: text, subject: text },
    ),
    indexes: [],
  },
  subjects: {
    validator: object({ _id: text, number: text }),
    indexes: [{ name: 'number', key: { number: 1 }, unique: true }],
  },
  workers: { validator: object({ _id: count, holder: text, until: count }), indexes: [] },
  probes: { validator: object({ _id: text, count }), indexes: [] },
};

/**
 * Makes what is not there and brings the rest up to date; several instances may do so at once. What is up to date is left
 * alone: to alter a collection MongoDB waits for every transaction in it, also of an instance that was killed, and lets all
 * other writes wait behind that.
 */
export async function prepare(db: Db): Promise<void> {
  const collections = await db.listCollections({}, { nameOnly: false }).toArray();
  const there = new Map(collections.map(({ name, options }) => [name, options?.validator]));
  await Promise.all(
    Object.entries(shapes).map(async ([name, { validator, indexes }]) => {
      const options = { validator: { $jsonSchema: validator } };
      if (!there.has(name)) await db.createCollection(name, options).catch(ignoreMadeMeanwhile);
      // Before anything is altered or dropped, which is refused while another instance builds one of them; this waits for that.
      if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
      if (name === 'leaves' && there.has(name)) await upgradeLeaves(db.collection(name));
      if (there.has(name) && !isDeepStrictEqual(there.get(name), options.validator))
        await db.command({ collMod: name, ...options });
    }),
  );
}

const namespaceExists = 48;

function ignoreMadeMeanwhile(error: unknown): void {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === namespaceExists) return;
  throw error;
}
