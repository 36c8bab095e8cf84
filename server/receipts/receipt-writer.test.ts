import { describe, expect, it } from 'vitest';
import type { Receipt, Receipts } from '../../protocol/entities.ts';
import type { ReceiptStore } from '../storage/storage.ts';
import { ReceiptWriter } from './receipt-writer.ts';

const silent = { info() {}, warn() {}, error() {}, debug() {} };

/** A store in memory that counts its writes, and fails as often as it is told to. */
function writerOn(stored: { [user: string]: Receipt } = {}) {
  const marks = new Map(Object.entries(stored));
  const calls = { writes: 0, failing: 0 };
  const told: { channel: string; receipts: Receipts }[] = [];
  const store = {
    async merge(batch) {
      if (calls.failing > 0) {
        calls.failing -= 1;
        throw new Error('the database is away');
      }
      if (batch.length > 0) calls.writes += 1;
      for (const { user, delivered, read } of batch) {
        const before = marks.get(user) ?? { delivered: 0, read: 0 };
        marks.set(user, { delivered: Math.max(before.delivered, delivered), read: Math.max(before.read, read) });
      }
    },
    async ofChannel(_channel, users = []) {
      return new Map([...marks].filter(([user]) => users.includes(user)));
    },
  } as ReceiptStore;
  const writer = new ReceiptWriter({
    store,
    log: silent,
    now: () => 1,
    raised: (channel, receipts) => told.push({ channel, receipts }),
    gatherMs: 1,
  });
  return { writer, marks, calls, told };
}

describe('Receipts', () => {
  it('that come together are one write and one event, each member’s at its highest', async () => {
    const { writer, calls, told } = writerOn();
    await Promise.all([
      writer.raise('m', 'bob', { delivered: 5, read: 1 }),
      writer.raise('m', 'bob', { delivered: 2, read: 2 }),
      writer.raise('m', 'cara', { delivered: 1, read: 0 }),
    ]);
    expect(calls.writes).toBe(1);
    expect(told).toEqual([
      { channel: 'm', receipts: { bob: { delivered: 5, read: 2 }, cara: { delivered: 1, read: 0 } } },
    ]);
  });

  it('that raise nothing are neither written nor told, also after a restart', async () => {
    const { writer, calls, told } = writerOn({ bob: { delivered: 9, read: 4 } });
    await writer.raise('m', 'bob', { delivered: 9, read: 3 });
    await writer.raise('m', 'bob', { delivered: 0, read: 0 });
    expect({ writes: calls.writes, told }).toEqual({ writes: 0, told: [] });
  });

  it('are told as they stand when only one of the two is raised', async () => {
    const { writer, told } = writerOn({ bob: { delivered: 9, read: 4 } });
    await writer.raise('m', 'bob', { delivered: 0, read: 6 });
    expect(told).toEqual([{ channel: 'm', receipts: { bob: { delivered: 9, read: 6 } } }]);
  });

  it('that another instance told of are not told again lower', async () => {
    const { writer, told } = writerOn();
    await writer.raise('m', 'bob', { delivered: 1, read: 1 });
    writer.heard('m', { bob: { delivered: 7, read: 7 } });
    await writer.raise('m', 'bob', { delivered: 5, read: 5 });
    expect(told).toHaveLength(1);
  });

  it('that could not be stored are refused and not taken for stored', async () => {
    const { writer, calls, told } = writerOn();
    calls.failing = 1;
    await expect(writer.raise('m', 'bob', { delivered: 3, read: 3 })).rejects.toMatchObject({ code: 'unavailable' });
    await writer.raise('m', 'bob', { delivered: 3, read: 3 });
    expect(told).toEqual([{ channel: 'm', receipts: { bob: { delivered: 3, read: 3 } } }]);
  });

  it('of users with names like fields of objects are users’ too', async () => {
    const { writer, told } = writerOn();
    await writer.raise('m', '__proto__', { delivered: 1, read: 1 });
    expect(Object.keys(told[0]?.receipts ?? {})).toEqual(['__proto__']);
  });
});
