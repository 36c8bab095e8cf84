import { pathToFileURL } from 'node:url';
import { MongoClient } from 'mongodb';
import type { Payload } from '../../protocol/commands.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { startMongod } from '../../test/services/mongod.ts';
import { removeDir, tempDir } from '../../test/services/process.ts';
import { Client } from '../client.ts';
import { Histogram } from '../load/histogram.ts';
import type { Percentiles } from '../load/spec.ts';
import { start } from '../services.ts';
import { between, Corpus, channels, long, randomOf, reader, userOf, vocabulary } from './million-corpus.ts';
import { indexAll } from './million-index.ts';

export type Million = { messages: number; mongo: Asked; sqlite: Asked };
type Asked = { [question: string]: Percentiles };

const batch = 2_000;
const tries = 200;

type Options = { messages: number; say: (line: string) => void };

/** What one asks of a store that holds so many messages, over the socket of a server that has nothing else to do. */
export async function million(options: Options): Promise<Million> {
  const folder = tempDir('million');
  const mongod = await startMongod({});
  try {
    const sqlite = await asked('sqlite', `file:${folder}/chat.db`, options);
    const mongo = await asked('mongo', mongod.url.replace('/?', '/million?'), options);
    return { messages: options.messages, mongo, sqlite };
  } finally {
    await mongod.stop();
    removeDir(folder);
  }
}

async function asked(name: string, database: string, options: Options): Promise<Asked> {
  const { messages, say } = options;
  const began = performance.now();
  const corpus = await fill(database, messages);
  say(`${name}: ${messages} messages written and indexed in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  if (name === 'mongo') await flush(database);
  const target = await start('chat', { database });
  const client = new Client(target.urls[0] ?? '', reader, []);
  try {
    const answers: Asked = {};
    for (const [question, ask] of Object.entries(questions(client, corpus))) {
      answers[question] = await timesOf(ask);
      const { p50, p99, max } = answers[question];
      say(`${name.padEnd(7)} ${question.padEnd(44)} p50 ${p50} ms, p99 ${p99} ms, at most ${max} ms`);
    }
    return answers;
  } finally {
    client.close();
    await target.stop();
  }
}

/** Writing a million messages to the disk takes seconds more, which are not those of a question. */
async function flush(database: string): Promise<void> {
  const client = await MongoClient.connect(database);
  try {
    await client.db('admin').command({ fsync: 1 });
  } finally {
    await client.close();
  }
}

async function timesOf(ask: (random: () => number) => Promise<unknown>): Promise<Percentiles> {
  const [times, random] = [new Histogram(), randomOf(2)];
  for (let i = 0; i < 10; i += 1) await ask(random);
  for (let i = 0; i < tries; i += 1) {
    const from = performance.now();
    await ask(random);
    times.record(performance.now() - from);
  }
  return times.percentiles();
}

type Question = (random: () => number) => Promise<unknown>;
type Sought = Omit<Payload<'search'>, 'channel'>;

function questions(client: Client, corpus: Corpus): { [name: string]: Question } {
  const history = (at: object) => client.command('history', { channel: long, limit: 50, ...at });
  const anySeq = (random: () => number) => between(random, 1, corpus.headOf(long));
  const word = (from: number, below: number) => (random: () => number) =>
    vocabulary[between(random, from, below)] ?? '';
  const [common, middling, rare] = [word(0, 20), word(50, 500), word(5_000, vocabulary.length)];
  const searches: { [name: string]: (random: () => number) => Sought } = {
    'a common word': (random) => ({ q: common(random) }),
    'a middling word': (random) => ({ q: middling(random) }),
    'a rare word': (random) => ({ q: rare(random) }),
    'a word that nobody wrote': (random) => ({ q: `${rare(random)}x` }),
    'a common word and a rare one': (random) => ({ q: `${common(random)} ${rare(random)}` }),
    'three common words': (random) => ({ q: [common, common, common].map((draw) => draw(random)).join(' ') }),
    'two middling words': (random) => ({ q: `${middling(random)} ${middling(random)}` }),
    'a sender': (random) => ({ from: userOf(between(random, 0, 1_000)) }),
    'a sender and a common word': (random) => ({ from: userOf(between(random, 0, 1_000)), q: common(random) }),
    'mentions of me': () => ({ mentions: 'me' }),
    'mentions of me and a middling word': (random) => ({ mentions: 'me', q: middling(random) }),
  };
  return {
    'a page': (random) => history({ before: anySeq(random) }),
    'a jump': (random) => history({ around: anySeq(random) }),
    ...Object.fromEntries(
      Object.entries(searches).flatMap(([name, sought]): [string, Question][] => [
        [`${name}, one channel`, (random) => client.command('search', { channel: long, ...sought(random) })],
        [`${name}, all of mine`, (random) => client.command('search', sought(random))],
      ]),
    ),
  };
}

/** Through the server's own store, so that what it stores is what it would have stored; its sockets would take hours. */
async function fill(url: string, messages: number): Promise<Corpus> {
  const { openStorage } = await import(pathToFileURL('dist/server/storage/open-storage.js').href);
  const store: Storage = await openStorage(url);
  const corpus = new Corpus();
  try {
    await enter(store);
    for (let written = 0; written < messages; written += batch) {
      const entries = corpus.next(Math.min(batch, messages - written));
      await patiently(() => store.log.append(entries));
    }
  } finally {
    await store.close();
  }
  if (url.startsWith('mongodb')) await indexAll(url, channels);
  return corpus;
}

/** On a machine that is busy with others, a write may take longer than the store allows; repeated, it does no harm. */
async function patiently<Result>(write: () => Promise<Result>, attempts = 10): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (attempts === 1) throw error;
    return patiently(write, attempts - 1);
  }
}

async function enter({ channels: store }: Storage): Promise<void> {
  for (const id of channels) {
    const settings = { state: 'open', directMessages: true } as const;
    await store.create({ id, kind: 'group', title: id, settings, createdAt: 1, owner: reader });
    await store.putMember(id, { user: reader, role: 'organizer', at: 1 });
  }
}
