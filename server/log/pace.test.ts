import { describe, expect, it } from 'vitest';
import { Pace, paceDefaults } from './pace.ts';

const saturated = () => ({ busyMs: 10, idleMs: 0 });

function windowOf({ everyMs, lanes }: ReturnType<Pace['rhythm']>): number {
  return everyMs * lanes;
}

describe('The pace of commits', () => {
  it('opens no window on a quiet server, widens it while the event loop is too busy for those who write, and closes it again', () => {
    let load = { busyMs: 0, idleMs: 0 };
    const pace = new Pace(() => load);
    const { busy, windowMs } = paceDefaults;
    const write = (ms: number, share: number) => {
      load = { busyMs: ms * share, idleMs: ms * (1 - share) };
      return windowOf(pace.rhythm());
    };
    const writes = (seconds: number, share: number) => {
      for (let i = 1; i < seconds * 50; i += 1) write(20, share);
      return write(20, share);
    };
    expect(writes(10, busy - 0.1)).toBe(0);
    const burst = writes(0.05, 1);
    expect([burst > 0, burst < 5]).toEqual([true, true]);
    const lasting = writes(0.5, 1);
    expect([lasting > burst, lasting < windowMs]).toEqual([true, true]);
    expect(writes(0.5, busy)).toBeCloseTo(lasting);
    expect(writes(2, 1)).toBe(windowMs);
    expect(write(2_000, 0.5)).toBe(0);
    // Everybody came in, and nobody wrote.
    expect(write(5_000, 1)).toBeLessThan(5);
  });

  it('opens hardly a window where it would save no frame, and a whole one where it saves a quarter of them', () => {
    let pauseMs = 0;
    const pace = new Pace(() => {
      const load = { busyMs: 20 + 4 * pauseMs, idleMs: pauseMs };
      pauseMs = 0;
      return load;
    });
    const { narrowMs, windowMs } = paceDefaults;
    const second = (channels: number, entriesOfEach: number) => {
      for (let i = 0; i < entriesOfEach; i += 1)
        pace.writes(Array.from({ length: channels }, (_, channel) => ({ channel: `${channel}` })));
      for (let i = 1; i < 50; i += 1) pace.rhythm();
      return windowOf(pace.rhythm());
    };
    second(100, 80);
    expect(second(100, 80)).toBe(windowMs);
    expect(second(100, 17)).toBe(narrowMs);
    const some = second(100, 25);
    expect([some > narrowMs, some < windowMs]).toEqual([true, true]);
    second(100, 30);
    expect(second(100, 30)).toBe(windowMs);
    // What began after a pause is not known yet.
    pauseMs = 10_000;
    expect(second(100, 17)).toBe(windowMs);
    expect(second(100, 17)).toBe(narrowMs);
    // One that is busy among many that are not.
    for (let i = 0; i < 2; i += 1) {
      pace.writes(Array.from({ length: 500 }, () => ({ channel: 'town hall' })));
      second(1_000, 1);
    }
    expect(windowOf(pace.rhythm())).toBe(windowMs);
  });

  it('divides a window that is long enough among lanes', () => {
    const { windowMs, laneMs, lanes } = paceDefaults;
    const widened = (busyMs: number) => {
      const pace = new Pace(saturated);
      for (let ms = 10; ms < busyMs; ms += 10) pace.rhythm();
      return pace.rhythm();
    };
    expect(new Pace(() => ({ busyMs: 0, idleMs: 10 })).rhythm()).toEqual({ everyMs: 0, lanes: 1 });
    expect(widened(200).lanes).toBe(1);
    expect(widened(200).everyMs).toBeLessThan(2 * laneMs);
    expect(widened(10_000)).toEqual({ everyMs: windowMs / lanes, lanes });
  });

  it('refuses more than can be written in time, and no burst before it knows', () => {
    const pace = new Pace(saturated);
    const { entries, fewEntries, waitMs } = paceDefaults;
    expect([pace.isLate(entries - 1, 0), pace.isLate(entries, 0)]).toEqual([false, true]);
    for (let i = 0; i < 50; i += 1) pace.wrote(200, 10);
    expect([pace.isLate(19 * waitMs, 0), pace.isLate(21 * waitMs, 0)]).toEqual([false, true]);
    expect([pace.isLate(fewEntries, waitMs + 1), pace.isLate(fewEntries - 1, 10 * waitMs)]).toEqual([true, false]);
  });

  it('refuses some before it must refuse all, and the more the longer others wait', () => {
    const pace = (chance: number) => new Pace(saturated, () => chance);
    const { fewEntries, refuseFromMs, waitMs } = paceDefaults;
    const halfway = (refuseFromMs + waitMs) / 2;
    expect(pace(0).sheds(fewEntries, refuseFromMs)).toBe(false);
    expect([0.1, 0.9].map((chance) => pace(chance).sheds(fewEntries, halfway))).toEqual([true, false]);
    expect(pace(0.9).sheds(fewEntries, waitMs)).toBe(true);
  });
});
