import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Intake, intake } from './intake.ts';

type Conn = Parameters<Intake['watch']>[0];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A connection as Engine.IO has it, and whether its network is read. */
function watched(by: Intake) {
  const state = { isRead: true };
  const socket = {
    pause: () => {
      state.isRead = false;
    },
    resume: () => {
      state.isRead = true;
    },
  };
  const events = new EventEmitter();
  const conn = Object.assign(events, { transport: { socket }, readyState: 'open' });
  by.watch(conn as unknown as Conn);
  return {
    state,
    end() {
      conn.readyState = 'closed';
    },
    bring(packets: number) {
      for (let i = 0; i < packets; i += 1) events.emit('packet');
    },
  };
}

describe('What a connection brings', () => {
  it('is read as it comes, while that is not much', () => {
    const { state, bring } = watched(new Intake());
    for (let i = 0; i < 100; i += 1) {
      bring(intake.packets - 1);
      expect(state.isRead).toBe(true);
      vi.advanceTimersByTime(intake.everyMs);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits in its network where it is too much, for as long as that is worth', () => {
    const { state, bring } = watched(new Intake());
    bring(3 * intake.packets + 1);
    for (const isRead of [false, false, true]) {
      vi.advanceTimersByTime(intake.everyMs);
      expect(state.isRead).toBe(isRead);
    }
    bring(intake.packets - 1);
    expect(state.isRead).toBe(false);
    vi.advanceTimersByTime(2 * intake.everyMs);
    expect([state.isRead, vi.getTimerCount()]).toEqual([true, 0]);
  });

  it('is forgotten when the connection has ended, however much it was', () => {
    const { bring, end } = watched(new Intake());
    bring(1_000 * intake.packets);
    end();
    vi.advanceTimersByTime(intake.everyMs);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is nobody else’s', () => {
    const all = new Intake();
    const [mallory, bob] = [watched(all), watched(all)];
    mallory.bring(10 * intake.packets);
    bob.bring(1);
    expect([mallory.state.isRead, bob.state.isRead]).toEqual([false, true]);
  });
});
