import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningProcess, removeDir, startProcess, tempDir } from '../../../test/services/process.ts';
import { openStorage } from '../open-storage.ts';
import { sqliteStorage } from '../sqlite.ts';
import { StoreAway } from '../store-away.ts';
import { channelOf, deletion, edit, freshId, kinds, message, numbers, seqs } from '../suite/make-suite.ts';
import { type Database, openDatabase } from './database.ts';

let directory = '';
const path = () => join(directory, 'chat.db');
const url = () => `file:${path()}`;
beforeEach(() => {
  directory = tempDir('database');
});
afterEach(() => removeDir(directory));

describe('opening', () => {
  test('a folder that cannot be made is refused, and the error names it', async () => {
    writeFileSync(join(directory, 'a-file'), '');
    const blocked = join(directory, 'a-file/data/chat.db');
    await expect(openStorage(`file:${blocked}`)).rejects.toThrow(blocked);
  });

  test('a folder in place of the file is refused, and the error names it', async () => {
    mkdirSync(path());
    await expect(openStorage(url())).rejects.toThrow(path());
  });

  test('a file that is no database is refused, and the error names it', async () => {
    writeFileSync(path(), 'this is no database, whatever its name says '.repeat(100));
    await expect(openStorage(url())).rejects.toThrow(path());
  });

  test('a name that means something else to the driver is a file like any other', async () => {
    const before = process.cwd();
    process.chdir(directory);
    try {
      await (await openStorage('file::memory:')).close();
      expect(readdirSync('.')).toContain(':memory:');
    } finally {
      process.chdir(before);
    }
  });

  test('one that was written before the index of terms was another is indexed anew', async () => {
    const file = path();
    const before = await openStorage(`file:${file}`);
    const channel = await channelOf(before.log, numbers(3));
    await before.log.append([deletion(channel, 4, 2)]);
    await before.close();
    const database = openDatabase(file);
    database.exec("insert into terms (terms) values ('delete-all')");
    database.exec('drop index held_waiting; pragma user_version = 2');
    database.close();
    const storage = await openStorage(`file:${file}`);
    const { messages } = await storage.log.search({ channels: [channel], words: 'message', limit: 5 });
    expect(messages.map(({ seq }) => seq)).toEqual([3, 1]);
    await storage.close();
  });

  test('the database of a newer version is refused', async () => {
    const database = openDatabase(path());
    database.exec('pragma user_version = 999');
    database.close();
    await expect(openStorage(url())).rejects.toThrow('newer version');
  });

  test('a second one on the same file is refused, until the first is closed', async () => {
    const first = await openStorage(url());
    await expect(openStorage(url())).rejects.toThrow('another process is using it');
    await first.close();
    await (await openStorage(url())).close();
  });

  test('an address of no known kind is refused', async () => {
    await expect(openStorage('postgres://localhost/chat')).rejects.toThrow('postgres:');
  });
});

describe('a process that is killed', () => {
  const program = `
    import { openStorage } from './server/storage/open-storage.ts';
    const { log } = await openStorage(process.argv[2]);
    for (let n = 0; ; n += 1) {
      const channel = 'channel';
      const head = (await log.heads([channel])).get(channel);
      const batch = [1, 2, 3].map((next) => ({
        channel, seq: head + next, type: 'message', id: String(head + next), key: 'key-' + (head + next),
        sender: { id: 'alice', name: 'Alice' }, text: 'x'.repeat(2000), sentAt: 1,
      }));
      await log.append(batch);
      process.stdout.write('acked ' + (head + 3) + '\\n');
    }`;
  // Within the checkout, where its imports are found.
  const bundle = join('.cache', `writer-${process.pid}.mjs`);
  let writer: RunningProcess | undefined;
  beforeAll(() => {
    const stdin = { contents: program, resolveDir: '.', loader: 'ts' } as const;
    buildSync({ stdin, outfile: bundle, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  });
  afterEach(() => writer?.stop('SIGKILL'));
  afterAll(() => rmSync(bundle));

  async function startWriter(): Promise<RunningProcess> {
    writer = await startProcess(process.execPath, [bundle, url()]);
    return writer;
  }
  const ackedBy = ({ output }: RunningProcess) => Number([...output.matchAll(/acked (\d+)\n/g)].at(-1)?.[1] ?? 0);

  test('leaves all that it acked, without a gap, and a file that opens at once', async () => {
    let acked = 0;
    for (const _ of [1, 2, 3]) {
      const running = await startWriter();
      await expect.poll(() => ackedBy(running)).toBeGreaterThan(acked + 30);
      await running.stop('SIGKILL');
      acked = ackedBy(running);
      const storage = await openStorage(url());
      const entries = await storage.log.after('channel', 0, 1_000_000);
      await storage.close();
      expect(entries.length).toBeGreaterThanOrEqual(acked);
      expect(entries.length % 3).toBe(0);
      expect(seqs(entries)).toEqual(entries.map((_, index) => index + 1));
    }
  });

  test('keeps others out as long as it lives', async () => {
    const running = await startWriter();
    await running.until(/acked/);
    await expect(openStorage(url())).rejects.toThrow('another process is using it');
  });
});

describe('a disk that is full', () => {
  let database: Database;
  beforeEach(() => {
    database = openDatabase(path());
  });
  afterEach(() => database.close());

  /** Of more than a hundred pages. */
  const longBatch = (channel: string) =>
    numbers(40).map((_, index) => message(channel, 3 + index, { text: 'x'.repeat(9_000) }));

  /** As if the disk had this many pages left for it. */
  const leave = (pages: number) => {
    const used = database.first<{ page_count: number }>('pragma page_count')()?.page_count ?? 0;
    database.all(`pragma max_page_count = ${used + pages}`)();
  };

  test('stores nothing of a batch that does not fit, and goes on when there is room', async () => {
    const storage = sqliteStorage(database);
    const channel = await channelOf(storage.log, numbers(2));
    leave(2);
    const batch = longBatch(channel);
    const refusal = await storage.log.append(batch).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreAway);
    expect(refusal).toMatchObject({ message: expect.stringContaining('full') });
    expect(await storage.log.heads([channel])).toEqual(new Map([[channel, 2]]));
    leave(10_000);
    expect(new Set(kinds(await storage.log.append(batch)))).toEqual(new Set(['stored']));
    expect((await storage.log.search({ channels: [channel], words: 'message', limit: 5 })).messages).toHaveLength(2);
  });

  test('refuses the probe after a write that failed, until there is room for all that one may need', async () => {
    const storage = sqliteStorage(database);
    const channel = await channelOf(storage.log, numbers(2));
    leave(60);
    await expect(storage.probe()).resolves.toBeUndefined();
    await expect(storage.log.append(longBatch(channel))).rejects.toThrow('full');
    await expect(storage.probe()).rejects.toThrow('full');
    leave(10_000);
    await expect(storage.probe()).resolves.toBeUndefined();
  });

  test('takes the probe again after a write that was stored', async () => {
    const storage = sqliteStorage(database);
    const channel = await channelOf(storage.log, numbers(2));
    leave(60);
    await expect(storage.log.append(longBatch(channel))).rejects.toThrow('full');
    expect(kinds(await storage.log.append([message(channel, 3)]))).toEqual(['stored']);
    await expect(storage.probe()).resolves.toBeUndefined();
  });
});

describe('deleted text', () => {
  const onDisk = (text: string) =>
    readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(text));

  test('is in no file: not in the database, its index or its write-ahead log', async () => {
    const storage = await openStorage(url());
    const channel = await channelOf(storage.log, ['a qwertzsecret here', ...numbers(200)]);
    await storage.log.append([
      edit(channel, 202, 1, 'another qwertzsecret'),
      edit(channel, 203, 1, 'more qwertzsecret'),
    ]);
    expect(onDisk('qwertzsecret')).not.toEqual([]);
    await storage.log.append([deletion(channel, 204, 1)]);
    expect(onDisk('qwertzsecret')).toEqual([]);
    await storage.close();
  });

  test('goes with its channel', async () => {
    const storage = await openStorage(url());
    const channel = await channelOf(
      storage.log,
      numbers(700).map((each) => `${each} qwertzsecret`),
    );
    await storage.channels.remove(channel);
    expect(onDisk('qwertzsecret')).toEqual([]);
    await storage.close();
  });
});

describe('how SQLite answers', () => {
  /** What is asked rarely, of everything, in the background: to erase a user, to find what retention is due. */
  const chores = [
    /^delete from (receipts|blocks|held) where user/,
    /^update channels set owner/,
    /^select id, settings(, | from | ->> 'retainDays')/,
    /from entries where author = \?/,
    // The end of the table, in its own order.
    /from audit .* order by audit\.number desc limit/s,
  ];

  test('nothing is read by looking at everything', async () => {
    const database = openDatabase(path());
    // The statements are told by the database itself, so that none is forgotten here.
    const seen: string[] = [];
    const listening: Database = {
      ...database,
      all: (sql) => {
        seen.push(sql);
        return database.all(sql);
      },
      first: (sql) => {
        seen.push(sql);
        return database.first(sql);
      },
      run: (sql) => {
        seen.push(sql);
        return database.run(sql);
      },
    };
    sqliteStorage(listening);
    // A virtual table (the index of terms, a list of values) has no other way to be read, nor has what a subquery found.
    const scans = /^SCAN (?!\(subquery|.*VIRTUAL TABLE|CONSTANT ROW)/;
    const scanning = seen.filter((sql) => {
      const values = (sql.match(/\?/g) ?? []).map(() => null);
      const plan = database.all<{ detail: string }>(`explain query plan ${sql}`)(...values);
      return plan.some(({ detail }) => scans.test(detail));
    });
    database.close();
    expect(seen.length).toBeGreaterThan(30);
    expect(scanning.filter((sql) => !chores.some((chore) => chore.test(sql)))).toEqual([]);
  });
});

test('ids of one channel cannot reach into another', async () => {
  const storage = await openStorage(url());
  const [one, two] = [freshId('c'), freshId('c')];
  await storage.log.append([message(one, 1), message(two, 1)]);
  expect(await storage.log.after(`${one}' or 1=1 --`, 0, 10)).toEqual([]);
  await storage.close();
});

test('a search of many words in a thousand channels leaves others their turns', async () => {
  const storage = await openStorage(url());
  const channels = numbers(1_000).map(() => freshId('c'));
  let isOver = false;
  const search = storage.log.search({ channels, words: numbers(20).join(' '), limit: 1 }).then(() => {
    isOver = true;
  });
  let turns = 0;
  for (; !isOver; turns += 1) await new Promise(setImmediate);
  await search;
  // A turn for every hundred channels.
  expect(turns).toBeGreaterThanOrEqual(9);
  await storage.close();
});
