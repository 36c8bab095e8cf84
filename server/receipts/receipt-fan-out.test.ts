import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Live } from '../gateway/live.ts';
import type { Storage } from '../storage/storage.ts';
import { ReceiptFanOut } from './receipt-fan-out.ts';

const silent = { info() {}, warn() {}, error() {}, debug() {} };

function smallChannel() {
  const told: object[] = [];
  const fanOut = new ReceiptFanOut({
    storage: { channels: { members: async () => [] } } as unknown as Storage,
    live: { receipts: (event: object) => told.push(event) } as unknown as Live,
    head: () => 9,
    log: silent,
    now: Date.now,
  });
  return { fanOut, told };
}

describe('Watermarks in a small channel', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('wait in a busy one for the next entries, and go with them as one event', async () => {
    const { fanOut, told } = smallChannel();
    fanOut.ride('standup');
    await fanOut.raised('standup', { alice: { delivered: 1, read: 0 } });
    await fanOut.raised('standup', { alice: { delivered: 2, read: 2 }, bob: { delivered: 2, read: 0 } });
    expect(told).toEqual([]);
    fanOut.ride('standup');
    expect(told).toEqual([
      { channel: 'standup', receipts: { alice: { delivered: 2, read: 2 }, bob: { delivered: 2, read: 0 } } },
    ]);
  });

  it('are told whatever a member is called', async () => {
    const { fanOut, told } = smallChannel();
    fanOut.ride('standup');
    await fanOut.raised('standup', { alice: { delivered: 1, read: 0 } });
    await fanOut.raised('standup', { ['__proto__']: { delivered: 2, read: 0 } });
    fanOut.ride('standup');
    expect(JSON.stringify(told)).toContain('"__proto__":{"delivered":2,"read":0}');
  });

  it('go out at once in a quiet one', async () => {
    const { fanOut, told } = smallChannel();
    vi.advanceTimersByTime(1_000);
    await fanOut.raised('standup', { alice: { delivered: 1, read: 0 } });
    expect(told).toHaveLength(1);
  });
});
