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

  it('gives room to as many as can be written in time, and to a burst before it knows', () => {
    const pace = new Pace(() => 1);
    expect(pace.room).toBe(paceDefaults.entries);
    for (let i = 0; i < 50; i += 1) pace.wrote(200, 10);
    expect(pace.room).toBeCloseTo(20 * paceDefaults.waitMs);
    for (let i = 0; i < 50; i += 1) pace.wrote(1, 10);
    expect(pace.room).toBe(paceDefaults.entries);
  });
});
