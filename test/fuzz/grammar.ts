import fc from 'fast-check';
import { type CommandName, commandSchemas } from '../../protocol/commands.ts';
import { token } from '../tokens.ts';

// What a hostile client may write into an event: JSON text, because some of it (`__proto__`, depth) no encoder would keep.

/** A payload that the server takes, of each event. */
const good: { [Name in CommandName]: { [field: string]: unknown } } = {
  join: { channel: 'fuzzed', since: 0, limit: 5 },
  leave: { channel: 'left' },
  send: { channel: 'fuzzed', key: 'k', text: 'text', replyTo: 1, mentions: ['bob'] },
  edit: { channel: 'fuzzed', seq: 1, text: 'other text' },
  delete: { channel: 'fuzzed', seq: 2 },
  react: { channel: 'fuzzed', seq: 1, emoji: '👍', on: true },
  sync: { channel: 'fuzzed', since: 0, limit: 3 },
  history: { channel: 'fuzzed', before: 10, limit: 3 },
  search: { q: 'text', channel: 'fuzzed', limit: 3 },
  receipt: { channel: 'fuzzed', delivered: 1, read: 1 },
  typing: { channel: 'fuzzed', on: true },
  heartbeat: { heads: { fuzzed: 1 } },
  authenticate: { token: token({ sub: 'mallory', meetings: ['fuzzed'] }) },
};

const names = Object.keys(commandSchemas) as CommandName[];
const strangeNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  'JOIN',
  'join ',
  '\0',
  'x'.repeat(300),
];

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}${close.repeat(depth)}`;
const strange = fc.constantFrom(
  'null',
  'true',
  '-0',
  '1e400',
  '-1',
  '0.5',
  '9007199254740993',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"__proto__"',
  '"../../etc/passwd"',
  '"\' or 1=1 --"',
  '"{\\"$ne\\":1}"',
  '{"$ne":1}',
  '{"$where":"sleep(1000)"}',
  '{"$gt":""}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":1,"then":1,"toJSON":1,"length":1e9}',
  '[]',
  '["fuzzed"]',
  '{"_placeholder":true,"num":0}',
  nested('[', ']', 5_000),
  nested('{"a":', '}', 1).replace(':}', ':{}}'),
  JSON.stringify('x'.repeat(20_000)),
  JSON.stringify('\u202e\u0000\ufffe'.repeat(500)),
);
const value = fc.oneof({ weight: 3, arbitrary: strange }, fc.json({ maxDepth: 4 }));

/** A good payload with some fields replaced, left out or added. */
const mutated = (name: CommandName) =>
  fc
    .record({
      changes: fc.dictionary(fc.constantFrom(...Object.keys(good[name]), '$where', 'settings.state'), value, {
        maxKeys: 3,
      }),
      dropped: fc.subarray(Object.keys(good[name]), { maxLength: 1 }),
      polluted: fc.boolean(),
    })
    .map(({ changes, dropped, polluted }) => {
      const fields = new Map(Object.entries(good[name]).map(([field, content]) => [field, JSON.stringify(content)]));
      for (const [field, content] of Object.entries(changes)) fields.set(field, content);
      for (const field of dropped) fields.delete(field);
      if (polluted) fields.set('__proto__', '{"channel":"other","polluted":true}');
      return `{${[...fields].map(([field, content]) => `${JSON.stringify(field)}:${content}`).join(',')}}`;
    });

export type FuzzedEvent = { name: string; args: string[]; acked: boolean };

const known = fc.constantFrom(...names).chain((name) =>
  fc.record({
    name: fc.constant<string>(name),
    args: fc.oneof(
      { weight: 6, arbitrary: mutated(name).map((payload) => [payload]) },
      { weight: 2, arbitrary: fc.array(value, { maxLength: 3 }) },
    ),
    acked: fc.boolean(),
  }),
);
const unknown = fc.record({
  name: fc.oneof(fc.constantFrom(...strangeNames), fc.string()),
  args: fc.array(value, { maxLength: 3 }),
  acked: fc.boolean(),
});

// These belong to Socket.IO itself: a packet that names one is no event, and ends its own connection.
const reserved = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']);

export const anyEvent: fc.Arbitrary<FuzzedEvent> = fc
  .oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: unknown })
  .filter(({ name }) => !reserved.has(name));
