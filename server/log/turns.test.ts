import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

function turnsAt({ hasPeers = false } = {}) {
  const clock = { now: 1_000 };
  return { clock, turns: new Turns(() => clock.now, hasPeers) };
}

describe('Turns', () => {
  it('let nobody wait who is alone', () => {
    const { turns } = turnsAt();
    turns.stored('standup', 5);
    expect(turns.waitMs('standup')).toBe(0);
  });

  it('let the winner wait for as long as its write took, in that channel only', () => {
    const { clock, turns } = turnsAt();
    turns.rival('standup');
    expect(turns.waitMs('standup')).toBe(0);
    turns.stored('standup', 5);
    turns.stored('retro', 5);
    expect([turns.waitMs('standup'), turns.waitMs('retro')]).toEqual([5, 0]);
    clock.now += 5;
    expect(turns.waitMs('standup')).toBe(0);
  });

  it('bound the wait behind a slow store', () => {
    const { turns } = turnsAt();
    turns.rival('standup');
    turns.stored('standup', 3_000);
    expect(turns.waitMs('standup')).toBeLessThanOrEqual(100);
  });

  it('come now and then in a long run without a pause, where there may be others who are not heard', () => {
    for (const hasPeers of [true, false]) {
      const { clock, turns } = turnsAt({ hasPeers });
      let waits = 0;
      for (let write = 0; write < 100; write += 1) {
        clock.now += 5 + turns.waitMs('standup');
        turns.stored('standup', 5);
        if (turns.waitMs('standup') > 0) waits += 1;
      }
      expect(waits > 0).toBe(hasPeers);
      expect(waits).toBeLessThan(10);
    }
  });

  it('are not needed where there are pauses anyway', () => {
    const { clock, turns } = turnsAt({ hasPeers: true });
    for (let write = 0; write < 100; write += 1) {
      clock.now += 20;
      turns.stored('standup', 5);
      expect(turns.waitMs('standup')).toBe(0);
    }
  });

  it('forget a rival of whom nothing was seen for a while', () => {
    const { clock, turns } = turnsAt();
    turns.rival('standup');
    clock.now += 1_000;
    turns.stored('standup', 5);
    expect(turns.waitMs('standup')).toBe(0);
  });
});
