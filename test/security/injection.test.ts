import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { parseAst } from 'rollup/parseAst';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { startMongod } from '../services/mongod.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

/** What would mean something else than itself to a database that was given it unseen. */
const operators: readonly unknown[] = [
  { $ne: 1 },
  { $gt: '' },
  { $regex: '.*' },
  { $where: 'sleep(2000) || true' },
  { $in: ['m', 'secret'] },
  { $expr: { $function: { body: 'return true', args: [], lang: 'js' } } },
  ['secret'],
  [['secret']],
  { toString: 'secret' },
  { length: 1 },
];
/** Texts that are taken as they are, and must then be nothing but text. */
const texts = [
  '" OR channel = "secret',
  "' OR 1=1 --",
  "'; drop table entries; --",
  '$where',
  'sender.id',
  'secret*',
  'secret OR secret',
  'NEAR(secret secret)',
  'NOT nothing',
  '"secret',
  'col:secret',
  '{secret}:secret',
  '^secret',
  'sentinel AND (secret',
  '%',
  '_',
  '.*',
  '\u0000secret',
];

const mongo = await withService(startMongod);
const stores = [
  { name: 'embedded', url: undefined },
  { name: 'MongoDB', url: mongo?.url },
].filter(({ name, url }) => name === 'embedded' || url !== undefined);
afterAll(() => mongo?.stop());

describe.each(stores)('line 7: nothing that is sent means anything to the store ($name)', ({ url }) => {
  let server: Instance;
  let alice: TestClient;
  let mallory: TestClient;
  const bearer = { authorization: `Bearer ${token({ sub: 'mallory', meetings: ['m'] })}` };
  beforeAll(async () => {
    server = await startInstance(url === undefined ? {} : { env: { DATABASE_URL: url.replace('/?', '/injection?') } });
    alice = await new TestClient(
      server.url,
      token({ sub: 'alice', meetings: { secret: 'organizer', m: 'organizer' } }),
    ).connected();
    mallory = await new TestClient(server.url, token({ sub: 'mallory', meetings: ['m'] })).connected();
    for (const text of ['secret sentinel', 'nothing else'])
      await alice.command('send', { channel: 'secret', key: text.replace(' ', '-'), text });
    await mallory.command('join', { channel: 'm' });
  });
  afterAll(async () => {
    alice?.close();
    mallory?.close();
    await server?.remove();
  });
  const secretLog = async () => JSON.stringify(await alice.log('secret'));

  test('operators in every field of every event: refused, and nothing changed', async () => {
    const before = await secretLog();
    const fields: [string, { [field: string]: unknown }][] = [
      ['join', { channel: 'm', since: 0, limit: 1, passcode: 'p' }],
      ['leave', { channel: 'm' }],
      ['send', { channel: 'm', key: 'k', text: 't', replyTo: 1, mentions: ['alice'] }],
      ['edit', { channel: 'm', seq: 1, text: 't' }],
      ['delete', { channel: 'm', seq: 1 }],
      ['react', { channel: 'm', seq: 1, emoji: 'x', on: true }],
      ['sync', { channel: 'm', since: 0, limit: 1 }],
      ['history', { channel: 'm', before: 1 }],
      ['search', { q: 'secret', channel: 'm', from: 'alice', mentions: 'me', limit: 5 }],
      ['receipt', { channel: 'm', delivered: 1, read: 1 }],
      ['typing', { channel: 'm', on: true }],
      ['heartbeat', { heads: { m: 1 } }],
      ['authenticate', { token: 'x' }],
    ];
    for (const [name, payload] of fields) {
      for (const field of Object.keys(payload)) {
        // A list of names is what mentions are.
        const isList = name === 'send' && field === 'mentions';
        // A map from names to numbers is what heads are.
        const bad = isList ? operators.slice(0, 6) : field === 'heads' ? operators.slice(0, -1) : operators;
        const answers = await Promise.all(bad.map((value) => mallory.ask(name, { ...payload, [field]: value })));
        expect(answers.map((answer) => (answer.ok ? `${name}.${field} was taken` : answer.error.code))).toEqual(
          bad.map(() => 'invalid'),
        );
      }
    }
    expect(await secretLog()).toBe(before);
  });

  test('operators and dotted keys in bodies, ids and queries over HTTP: no row of another’s channel', async () => {
    const before = await secretLog();
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(new URL(path, server.url), {
        method,
        headers: { ...bearer, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, text: await answer.text() };
    };
    const answers = [
      ...(await Promise.all(
        operators.flatMap((value) => [
          ask('POST', 'messages', { sender_ID: value, receiver_ID: 'bob', type: 'text', text: 't' }),
          ask('POST', 'messages', { sender_ID: 'mallory', receiver_ID: value, type: 'text', text: 't' }),
          ask('POST', 'channels', { title: value }),
          ask('PATCH', 'channels/m', { 'settings.state': 'ended', settings: value }),
          ask('POST', 'channels/m/messages', { text: value }),
          ask('PUT', 'channels/m/members/bob', { role: value }),
          ask('POST', 'channels/m/join', { passcode: value }),
        ]),
      )),
      ...(await Promise.all(
        [
          'search?q[$ne]=1',
          'search?from[$gt]=',
          'search?q=a&q=b',
          'search?channel[]=secret&q=secret',
          'search?$where=1&q=x',
        ]
          .concat([
            'channels/m/messages?before[$gt]=0',
            'channels/m/messages?limit=-1',
            'channels/m/messages?before=1e9',
          ])
          .concat(['channels/%7B%22$ne%22:1%7D/messages', 'channels/m%00/messages', 'messages/%7B%22$gt%22:%22%22%7D'])
          .map((path) => ask('GET', path)),
      )),
    ];
    for (const { status, text } of answers) {
      expect(status).toBeLessThan(500);
      expect(text).not.toContain('sentinel');
    }
    expect(
      answers
        .filter(({ status }) => status < 300)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('secret');
    expect(await secretLog()).toBe(before);
  });

  test('texts that look like queries find what they say and nothing else', async () => {
    for (const q of texts) {
      const answer = await mallory.ask('search', { q });
      if (answer.ok) expect(answer).toMatchObject({ messages: [] });
      else expect(answer.error.code).toBe('invalid');
      const own = await alice.ask('search', { q, channel: 'secret' });
      const found = own.ok && 'messages' in own ? own.messages : [];
      // Words that are there do find: but never more than the message that holds them all.
      expect(found.length).toBeLessThanOrEqual(1);
    }
    for (const [i, text] of texts.entries()) await mallory.command('send', { channel: 'm', key: `text-${i}`, text });
    const stored = (await mallory.log('m')).flatMap((entry) => (entry.type === 'message' ? [entry.text] : []));
    expect(stored).toEqual(texts);
  });
});

type Node = { [key: string]: unknown };

function expressionsIn(folder: string): Map<string, RegExp> {
  const found = new Map<string, RegExp>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (typeof node !== 'object' || node === null) return;
    const { regex } = node as Node;
    if (typeof regex === 'object' && regex !== null && 'pattern' in regex && 'flags' in regex) {
      const expression = new RegExp(String(regex.pattern), String(regex.flags));
      found.set(String(expression), expression);
    }
    for (const value of Object.values(node)) visit(value);
  };
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.js')) visit(parseAst(readFileSync(`${folder}/${file}`, 'utf8')));
  }
  // Those of the schemas are texts.
  for (const [, pattern = ''] of readFileSync('dist/protocol/entities.js', 'utf8').matchAll(/pattern: '([^']+)'/g))
    found.set(pattern, new RegExp(pattern.replaceAll('\\\\', '\\')));
  return found;
}

test('line 7: every regular expression of the server is linear on 64 kB made to slow it down', () => {
  const length = 64_000;
  const pieces = [
    'a',
    ' ',
    '0',
    '/',
    '.',
    '-',
    '\n',
    '\t',
    'a/',
    'a.',
    'a-',
    'a ',
    '0.',
    '::',
    '@',
    '@a ',
    '/a',
    '/-',
    '%20',
    ',',
    'é',
    '漢',
    '\u202e',
    '\ud83d\ude00',
    'https://',
    'bearer ',
    '=',
    '"',
    '(',
    '\\',
  ];
  const inputs = pieces.flatMap((piece) => {
    const long = piece.repeat(Math.floor(length / piece.length));
    return [`${long}!`, `https://${long} `, `/${long}\u0000`];
  });
  const slow: string[] = [];
  const expressions = new Map([...expressionsIn('dist/server'), ...expressionsIn('dist/protocol')]);
  for (const [name, expression] of expressions) {
    for (const input of inputs) {
      expression.lastIndex = 0;
      try {
        // One that is quadratic takes seconds, one that is exponential for ever.
        runInNewContext('input.replace(expression, "")', { input, expression }, { timeout: 1_000 });
      } catch {
        slow.push(`${name} on ${JSON.stringify(input.slice(0, 12))}…`);
        break;
      }
    }
  }
  expect(expressions.size).toBeGreaterThan(20);
  expect(slow).toEqual([]);
});
