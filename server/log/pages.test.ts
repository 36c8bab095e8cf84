import { describe, expect, it } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { pageLength, pagesOf } from './pages.ts';

function entries(count: number, chars: number): Entry[] {
  const sender = { id: 'alice', name: 'Alice' };
  return Array.from({ length: count }, (_, i) => ({
    seq: i + 1,
    type: 'message',
    id: String(i),
    sender,
    text: 'x'.repeat(chars),
    sentAt: i,
  }));
}

describe('A page', () => {
  it('is all there is, where that is little', () => {
    expect(pageLength(entries(150, 100))).toBe(150);
    expect(pagesOf([])).toEqual([]);
  });

  it('is bounded by number', () => {
    expect(pagesOf(entries(450, 100)).map(({ length }) => length)).toEqual([limits.pageMax, limits.pageMax, 50]);
  });

  it('is bounded by bytes, of whatever writing, and of reactions too', () => {
    const wide = entries(260, 3_000).map((entry) => ({ ...entry, text: '€'.repeat(3_000) }) as Entry);
    const reacted = entries(200, 10).map((entry, i) => {
      const users = Array.from({ length: 400 }, (_, user) => `user-${i}-${user}`);
      return { ...entry, reactions: { '👍': users } } as Entry;
    });
    for (const some of [wide, reacted]) {
      for (const page of pagesOf(some)) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(320_000);
    }
  });

  it('is bounded by text, and holds one entry at least', () => {
    const long = entries(100, limits.textBytes);
    const pages = pagesOf(long);
    expect(pages.flat()).toEqual(long);
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(25);
    expect(pageLength(entries(2, 1_000_000))).toBe(1);
  });
});
