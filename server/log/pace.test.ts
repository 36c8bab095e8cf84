import { describe, expect, it } from 'vitest';
import { Pace, paceDefaults } from './pace.ts';

describe('The pace of commits', () => {
  it('opens no window on a quiet server, and the widest on a saturated one', () => {
    let load = 0;
    const pace = new Pace(() => load);
    expect(pace.windowMs()).toBe(0);
    load = 0.5;
    expect(pace.windowMs()).toBe(0);
    load = 0.8;
    expect(pace.windowMs()).toBeGreaterThan(0);
    expect(pace.windowMs()).toBeLessThan(paceDefaults.windowMs);
    load = 1;
    expect(pace.windowMs()).toBe(paceDefaults.windowMs);
  });

  it('refuses more than can be written in time, and no burst before it knows', () => {
    const pace = new Pace(() => 1);
    const { entries, fewEntries, waitMs } = paceDefaults;
    expect([pace.isLate(entries - 1, 0), pace.isLate(entries, 0)]).toEqual([false, true]);
    for (let i = 0; i < 50; i += 1) pace.wrote(200, 10);
    expect([pace.isLate(19 * waitMs, 0), pace.isLate(21 * waitMs, 0)]).toEqual([false, true]);
    expect([pace.isLate(fewEntries, waitMs + 1), pace.isLate(fewEntries - 1, 10 * waitMs)]).toEqual([true, false]);
  });

  it('refuses some before it must refuse all, and the more the longer others wait', () => {
    const pace = (chance: number) =>
      new Pace(
        () => 1,
        () => chance,
      );
    const { fewEntries, refuseFromMs, waitMs } = paceDefaults;
    const halfway = (refuseFromMs + waitMs) / 2;
    expect(pace(0).sheds(fewEntries, refuseFromMs)).toBe(false);
    expect([0.1, 0.9].map((chance) => pace(chance).sheds(fewEntries, halfway))).toEqual([true, false]);
    expect(pace(0.9).sheds(fewEntries, waitMs)).toBe(true);
  });
});
