import { describe, expect, it } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { LocalBus } from '../bus/local-bus.ts';
import type { LogStore } from '../storage/storage.ts';
import { Feeds } from './feeds.ts';

const silent = { info() {}, warn() {}, error() {}, debug() {} };

function entry(seq: number): Entry {
  return { seq, type: 'delete', target: 1, by: 'alice', at: seq };
}

/** A feed over a log that another instance writes to. */
function feedsOver(log: Entry[]) {
  const delivered: number[] = [];
  const watchers = new Set<() => void>();
  const reads = { failing: 0 };
  const store = {
    async heads(channels: readonly string[]) {
      return new Map(channels.map((channel) => [channel, log.at(-1)?.seq ?? 0]));
    },
    async after(_channel: string, since: number, limit: number) {
      if (reads.failing > 0) {
        reads.failing -= 1;
        throw new Error('the database is away');
      }
      return log.filter(({ seq }) => seq > since).slice(0, limit);
    },
  } as LogStore;
  const feeds = new Feeds({
    store,
    bus: new LocalBus(),
    log: silent,
    deliver(_channel, entries) {
      delivered.push(...entries.map(({ seq }) => seq));
      for (const watcher of watchers) watcher();
    },
  });
  const reached = (seq: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (delivered.at(-1) !== seq) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  return { feeds, delivered, reached, reads };
}

describe('A feed', () => {
  it('delivers what follows its start, in order and once', async () => {
    const { feeds, delivered } = feedsOver([entry(1), entry(2)]);
    await feeds.open('standup');
    feeds.offer('standup', [entry(2), entry(3)]);
    feeds.offer('standup', [entry(3), entry(4)]);
    expect(delivered).toEqual([3, 4]);
    expect(feeds.head('standup')).toBe(4);
    feeds.stop();
  });

  it('holds back what comes before its start, and delivers of it what the store did not hold then', async () => {
    const { feeds, delivered } = feedsOver([entry(1), entry(2)]);
    const open = feeds.open('standup');
    feeds.offer('standup', [entry(2), entry(3)]);
    await open;
    expect(delivered).toEqual([3]);
    feeds.stop();
  });

  it('reads from the store what is missing between what it delivered and what comes', async () => {
    const log = [entry(1)];
    const { feeds, delivered, reached } = feedsOver(log);
    await feeds.open('standup');
    log.push(entry(2), entry(3), entry(4));
    feeds.offer('standup', [entry(4)]);
    expect(delivered).toEqual([]);
    await reached(4);
    expect(delivered).toEqual([2, 3, 4]);
    feeds.stop();
  });

  it('finds by its sweep what nobody told it of', async () => {
    const log = [entry(1)];
    const { feeds, delivered, reached } = feedsOver(log);
    await feeds.open('standup');
    log.push(entry(2));
    await feeds.sweep();
    await reached(2);
    expect(delivered).toEqual([2]);
    feeds.stop();
  });

  it('tries again when the store does not answer, and loses nothing', async () => {
    const log = [entry(1)];
    const { feeds, delivered, reached, reads } = feedsOver(log);
    await feeds.open('standup');
    log.push(...Array.from({ length: 500 }, (_, i) => entry(i + 2)));
    reads.failing = 2;
    feeds.reach('standup', 501);
    await reached(501);
    expect(delivered).toEqual(Array.from({ length: 500 }, (_, i) => i + 2));
    feeds.stop();
  });

  it('keeps order when more comes early than it holds', async () => {
    const log = [entry(1)];
    const { feeds, delivered, reached } = feedsOver(log);
    await feeds.open('standup');
    for (let seq = 2; seq <= 3_000; seq += 1) log.push(entry(seq));
    for (let seq = 3_000; seq > 2; seq -= 1) feeds.offer('standup', [entry(seq)]);
    await reached(3_000);
    expect(delivered).toEqual(Array.from({ length: 2_999 }, (_, i) => i + 2));
    feeds.stop();
  });
});
