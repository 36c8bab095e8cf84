import { describe, expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

const bound = 100;
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('A map that forgets', () => {
  it('holds no more than its bound, and the half of it that was set last', () => {
    const map = new RecentMap<number, string>(bound);
    for (const each of numbers(0, 1_000)) {
      map.set(each, `${each}`);
      const held = numbers(0, each + 1).filter((key) => map.has(key));
      expect(held.length).toBeLessThanOrEqual(bound);
      expect(held.slice(-bound / 2)).toEqual(numbers(Math.max(0, each + 1 - bound / 2), each + 1));
    }
  });

  it('keeps what is set again and again, with its last value', () => {
    const map = new RecentMap<number, number>(bound);
    for (const each of numbers(1, 1_000)) {
      map.set(0, each);
      map.set(each, each);
      expect(map.get(0)).toBe(each);
    }
  });

  it('has nothing more of what was deleted, whenever that was set', () => {
    const map = new RecentMap<number, number>(bound);
    for (const each of numbers(0, bound / 2 + 1)) map.set(each, 1);
    map.set(0, 2);
    map.delete(0);
    expect([map.get(0), map.has(0)]).toEqual([undefined, false]);
  });

  it('holds no more weight than its bound, where its entries are weighed', () => {
    const map = new RecentMap<number, number>(bound, (_key, weight) => weight);
    const weightOf = (keys: number[]) => keys.reduce((sum, key) => sum + (map.get(key) ?? 0), 0);
    for (const each of numbers(0, 1_000)) {
      map.set(each, 1 + ((each * 7) % 20));
      expect(weightOf(numbers(0, each + 1))).toBeLessThanOrEqual(bound);
      expect(map.has(each)).toBe(true);
    }
    map.set(1_000, 20 * bound);
    map.set(1_001, 1);
    expect([map.has(1_000), map.has(1_001)]).toEqual([true, true]);
    map.set(1_002, bound / 2);
    expect([map.has(1_000), map.has(1_001), map.has(1_002)]).toEqual([false, true, true]);
  });

  it('counts what was set anew, or deleted, only once', () => {
    const map = new RecentMap<string, number>(bound, (_key, weight) => weight);
    map.set('kept', 10);
    for (const _ of numbers(0, 1_000)) map.set('anew', 30);
    map.delete('anew');
    map.set('other', 40);
    expect([map.get('kept'), map.get('other')]).toEqual([10, 40]);
    map.set('last', 10);
    expect(map.get('kept')).toBe(10);
  });
});
