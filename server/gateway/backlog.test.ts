import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { backlogAtMost, watchBacklog } from './backlog.ts';
import type { ServerSocket } from './session.ts';

type Conn = Pick<ServerSocket['conn'], 'on' | 'transport'>;

/** A connection as Engine.IO has it, whose network takes something when the test says so. */
function watched() {
  const events = new EventEmitter();
  const transport = { writable: true };
  const state = { now: 5_000, slow: 0 };
  const conn = Object.assign(events, { transport }) as unknown as Conn;
  watchBacklog(
    conn,
    () => {
      state.slow += 1;
    },
    () => state.now,
  );
  return {
    state,
    write(chars: number) {
      events.emit('packetCreate', { data: 'x'.repeat(chars) });
      if (!transport.writable) return;
      events.emit('flush');
      transport.writable = false;
    },
    taken() {
      transport.writable = true;
    },
    async slow() {
      await new Promise(setImmediate);
      return state.slow;
    },
  };
}

describe('The backlog of a connection', () => {
  it('is too much when the network took nothing for a while, and says so once', async () => {
    const { state, write, slow } = watched();
    write(100);
    state.now += backlogAtMost.stalledMs;
    write(backlogAtMost.chars);
    write(100);
    expect(await slow()).toBe(1);
  });

  it('is too much by the number of packets, too', async () => {
    const { state, write, slow } = watched();
    write(1);
    state.now += backlogAtMost.stalledMs;
    for (let i = 0; i < backlogAtMost.packets; i += 1) write(1);
    expect(await slow()).toBe(1);
  });

  it('is never too much for a reader whose network takes everything, however much comes in a moment', async () => {
    const { state, write, taken, slow } = watched();
    for (let i = 0; i < 100; i += 1) {
      state.now += 10_000;
      taken();
      for (let j = 0; j < 5; j += 1) write(backlogAtMost.chars);
    }
    expect(await slow()).toBe(0);
  });

  it('may be long in coming for a reader to whom little is written', async () => {
    const { state, write, slow } = watched();
    write(100);
    state.now += 60_000;
    write(100);
    expect(await slow()).toBe(0);
  });
});
