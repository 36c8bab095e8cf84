import { describe, expect, it } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import type { AppendOutcome, LogStore, NewEntry } from '../storage/storage.ts';
import type { Committed, Draft } from './batch-writer.ts';
import { Committer, committerLimits } from './committer.ts';
import { Pace, paceDefaults } from './pace.ts';
import { retryAfterMs } from './unavailable.ts';

const silent = { info() {}, warn() {}, error() {}, debug() {} };

/** A log store of one instance's view: every batch waits until the test lets it go, and may be answered in its place. */
function storeOf(heads: { [channel: string]: number } = {}) {
  const batches: {
    entries: readonly NewEntry[];
    store: () => void;
    answer: (outcomes: AppendOutcome[]) => void;
    fail: () => void;
  }[] = [];
  const arrivals: (() => void)[] = [];
  const store: Pick<LogStore, 'append' | 'heads'> = {
    heads: async (channels) => new Map(channels.map((channel) => [channel, heads[channel] ?? 0])),
    append: (entries) =>
      new Promise((resolve, reject) => {
        const answer = (outcomes: AppendOutcome[]) => {
          entries.forEach(({ channel, seq }, i) => {
            if (outcomes[i]?.kind === 'stored') heads[channel] = seq;
          });
          resolve(outcomes);
        };
        const store = () => answer(entries.map((entry) => ({ kind: 'stored', entry: stored(entry) })));
        batches.push({ entries, store, answer, fail: () => reject(new Error('the database is away')) });
        arrivals.shift()?.();
      }),
  };
  return {
    store: store as LogStore,
    batches,
    heads,
    nextBatch: () => new Promise<void>((arrived) => arrivals.push(arrived)),
  };
}

function stored({ channel: _, ...entry }: NewEntry): Entry {
  return entry as Entry;
}

function committerOn(store: LogStore, pace?: Pace) {
  const told: string[] = [];
  const doubted: string[] = [];
  const lost: string[] = [];
  let id = 0;
  const clock = { now: 1_000 };
  const committer = new Committer({
    store,
    log: silent,
    nextId: () => String(++id),
    now: () => clock.now,
    committed: (channel, entries) => told.push(`${channel}:${entries.map(({ seq }) => seq).join()}`),
    lost: (channel, seq) => lost.push(`${channel}:${seq}`),
    uncertain: (channels) => doubted.push(...channels),
    observe() {},
    ...(pace && { pace }),
  });
  return { committer, told, doubted, lost, clock };
}

function message(channel: string, key: string): Draft {
  return { type: 'message', channel, key, sender: { id: 'alice', name: 'Alice' }, text: key };
}

describe('The committer', () => {
  it('writes what comes in one turn of the event loop as one batch, numbered behind the head', async () => {
    const { store, batches, nextBatch } = storeOf({ standup: 7 });
    const { committer, told } = committerOn(store);
    const first = nextBatch();
    const commits = ['a', 'b', 'c'].map((key) => committer.commit(message('standup', key)));
    await first;
    batches[0]?.store();
    expect((await Promise.all(commits)).map((c) => c.kind === 'stored' && c.entry.seq)).toEqual([8, 9, 10]);
    expect(batches).toHaveLength(1);
    expect(told).toEqual(['standup:8,9,10']);
  });

  it('gathers what comes during a write into the next one, over all channels', async () => {
    const { store, batches, nextBatch } = storeOf();
    const { committer } = committerOn(store);
    const first = nextBatch();
    const a = committer.commit(message('standup', 'a'));
    await first;
    const later = [committer.commit(message('standup', 'b')), committer.commit(message('retro', 'c'))];
    const second = nextBatch();
    batches[0]?.store();
    await second;
    batches[1]?.store();
    await Promise.all([a, ...later]);
    expect(batches.map(({ entries }) => entries.map(({ channel, seq }) => `${channel}:${seq}`))).toEqual([
      ['standup:1'],
      ['standup:2', 'retro:1'],
    ]);
  });

  it('learns the head anew after a lost race, and keeps the losers before those that came after them', async () => {
    const { store, batches, heads, nextBatch } = storeOf();
    const { committer } = committerOn(store);
    const first = nextBatch();
    const losers = [committer.commit(message('standup', 'a')), committer.commit(message('standup', 'b'))];
    await first;
    const behind = committer.commit(message('standup', 'c'));
    heads.standup = 5;
    const second = nextBatch();
    batches[0]?.answer([{ kind: 'taken' }, { kind: 'taken' }]);
    await second;
    batches[1]?.store();
    const outcomes = await Promise.all([...losers, behind]);
    expect(outcomes.map((c) => c.kind === 'stored' && c.entry.seq)).toEqual([6, 7, 8]);
  });

  it('tells of a lost race, and tries behind the head that it hears of meanwhile without a read', async () => {
    const { store, batches, heads, nextBatch } = storeOf();
    const { committer, lost } = committerOn(store);
    const first = nextBatch();
    const loser = committer.commit(message('standup', 'a'));
    await first;
    // Nothing may be read any more: only the bus says how far the winner got.
    heads.standup = 99;
    committer.saw('standup', 4);
    const second = nextBatch();
    batches[0]?.answer([{ kind: 'taken' }]);
    await second;
    batches[1]?.store();
    expect(await loser).toMatchObject({ entry: { seq: 5 } });
    expect(lost).toEqual(['standup:1']);
  });

  it('lets its rivals go first after each of its own commits, and other channels meanwhile', async () => {
    const { store, batches, nextBatch } = storeOf();
    const { committer } = committerOn(store);
    committer.saw('standup', 1);
    const first = nextBatch();
    const own = committer.commit(message('standup', 'a'));
    await first;
    const behind = committer.commit(message('standup', 'b'));
    const started = performance.now();
    while (performance.now() - started < 25);
    const second = nextBatch();
    const other = committer.commit(message('retro', 'c'));
    batches[0]?.store();
    await second;
    expect(batches[1]?.entries.map(({ channel }) => channel)).toEqual(['retro']);
    const third = nextBatch();
    batches[1]?.store();
    await third;
    batches[2]?.store();
    expect(await behind).toMatchObject({ entry: { seq: 3 } });
    await Promise.all([own, other]);
  });

  it('answers a stored key with the stored message, and tells everybody again', async () => {
    const { store, batches, nextBatch } = storeOf({ standup: 3 });
    const { committer, told } = committerOn(store);
    const first = nextBatch();
    const again = committer.commit(message('standup', 'a'));
    await first;
    const entry = {
      seq: 2,
      type: 'message' as const,
      id: '9',
      key: 'a',
      sender: { id: 'alice', name: 'Alice' },
      text: 'a',
      sentAt: 1,
    };
    batches[0]?.answer([{ kind: 'duplicate', entry }]);
    expect(await again).toEqual({ kind: 'duplicate', entry });
    expect(told).toEqual(['standup:2']);
  });

  it('never acks what a failed write held, nor lets those behind it overtake', async () => {
    const { store, batches, nextBatch } = storeOf();
    const { committer, doubted, told } = committerOn(store);
    const first = nextBatch();
    const lost = committer.commit(message('standup', 'a'));
    await first;
    const behind = committer.commit(message('standup', 'b'));
    batches[0]?.fail();
    await expect(lost).rejects.toMatchObject({ code: 'unavailable', retryAfterMs });
    await expect(behind).rejects.toMatchObject({ code: 'unavailable' });
    expect(doubted).toEqual(['standup']);
    expect(told).toEqual([]);
    const next = nextBatch();
    const healed = committer.commit(message('standup', 'a'));
    await next;
    batches[1]?.store();
    expect(await healed).toMatchObject({ kind: 'stored', entry: { seq: 1 } });
  });

  it('refuses more than it can write in time, by number and by size', async () => {
    const { store, nextBatch } = storeOf();
    const { committer } = committerOn(store);
    const first = nextBatch();
    void committer.commit(message('standup', 'first'));
    await first;
    for (let i = 0; i < paceDefaults.entries; i += 1) void committer.commit(message('standup', `k${i}`));
    await expect(committer.commit(message('standup', 'one more'))).rejects.toMatchObject({ code: 'unavailable' });
    const long = committerOn(storeOf().store).committer;
    const text = 'x'.repeat(committerLimits.queueChars);
    void long.commit({ ...message('standup', 'long'), text } as Draft);
    await expect(long.commit(message('standup', 'one more'))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('gives up a race that is lost for too long, with everything behind it in that channel', async () => {
    const { store, batches, nextBatch } = storeOf();
    const { committer, clock } = committerOn(store);
    const first = nextBatch();
    const loser = committer.commit(message('standup', 'a'));
    const other = committer.commit(message('retro', 'b'));
    await first;
    const behind = committer.commit(message('standup', 'c'));
    clock.now += committerLimits.patienceMs + 1;
    batches[0]?.answer([
      { kind: 'taken' },
      { kind: 'stored', entry: stored({ ...message('retro', 'b'), seq: 1, id: '2', sentAt: 1 } as NewEntry) },
    ]);
    await expect(loser).rejects.toMatchObject({ code: 'unavailable' });
    await expect(behind).rejects.toMatchObject({ code: 'unavailable' });
    expect(await other).toMatchObject({ kind: 'stored' });
  });
});

describe('The committer under load', () => {
  const channels = [...'abcdefgh'];

  /** Everything of one turn is in the first write; with it the window opens, and what comes then is in lanes. */
  async function loaded() {
    const { store, batches, nextBatch } = storeOf();
    // Busy for long enough for two lanes, and from then on as busy as it may be.
    let busyMs = 20;
    const pace = new Pace(() => ({ busyMs, idleMs: 0 }));
    for (let i = 0; i < 30; i += 1) pace.rhythm();
    busyMs = 0;
    const { committer } = committerOn(store, pace);
    let sent = 0;
    const commits: Promise<Committed>[] = [];
    const send = () => {
      sent += 1;
      commits.push(...channels.map((channel) => committer.commit(message(channel, `${channel}${sent}`))));
    };
    const channelsOf = (n: number) => batches[n]?.entries.map(({ channel }) => channel) ?? [];
    const first = nextBatch();
    send();
    await first;
    send();
    const [one, other] = [nextBatch(), nextBatch()];
    batches[0]?.store();
    await one;
    await other;
    return { committer, batches, nextBatch, send, commits, channelsOf };
  }

  it('writes to one lane of channels while another is written to, and to each channel in one write at a time', async () => {
    const { committer, batches, nextBatch, send, commits, channelsOf } = await loaded();
    expect([channelsOf(1).length > 0, channelsOf(2).length > 0]).toEqual([true, true]);
    expect([...channelsOf(1), ...channelsOf(2)].sort()).toEqual(channels);
    send();
    const third = nextBatch();
    batches[2]?.store();
    await third;
    expect(channelsOf(3)).toEqual(channelsOf(2));
    const fourth = nextBatch();
    batches[1]?.store();
    await fourth;
    for (const n of [3, 4]) batches[n]?.store();
    const committed = await Promise.all(commits);
    expect(committed.map((each) => each.kind === 'stored' && each.entry.seq)).toEqual(
      [1, 2, 3].flatMap((seq) => channels.map(() => seq)),
    );
    await committer.drain();
    expect(committer.waiting).toBe(0);
  });

  it('refuses nothing of the other lane’s write where one fails, but all that waits', async () => {
    const { batches, send, commits, channelsOf } = await loaded();
    send();
    batches[1]?.fail();
    batches[2]?.store();
    const outcomes = await Promise.allSettled(commits);
    const refused = (round: number) =>
      channels.filter((_, i) => outcomes[round * channels.length + i]?.status === 'rejected');
    expect([refused(0), refused(1), refused(2)]).toEqual([[], channelsOf(1).sort(), channels]);
  });

  it('does not end while a write is under way', async () => {
    const { committer, batches, commits } = await loaded();
    const ended: string[] = [];
    const drained = committer.drain().then(() => ended.push('drained'));
    for (const commit of commits) void commit.then(() => ended.push('stored'));
    for (const n of [1, 2]) batches[n]?.store();
    await drained;
    expect(ended.indexOf('drained')).toBe(commits.length);
  });
});
