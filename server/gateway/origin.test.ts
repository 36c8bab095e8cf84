import { describe, expect, test } from 'vitest';
import { Origins } from './origin.ts';

function withLog() {
  const told: object[] = [];
  return { told, origins: new Origins(['https://app.example.com'], { warn: (context) => told.push(context) }) };
}
const from = (origin: string) => ({ host: 'chat.example.com', origin });

describe('R41: the operator is told', () => {
  test('of a page that was refused, once, and of none that was let in', () => {
    const { told, origins } = withLog();
    for (const each of [{}, from('https://app.example.com'), from('https://chat.example.com')])
      expect(origins.allow(each)).toBe(true);
    for (let i = 0; i < 3; i += 1) expect(origins.allow(from('https://other.example.com'))).toBe(false);
    expect(told).toEqual([{ origin: 'https://other.example.com' }]);
  });

  test('of 20 origins and that there were so many, and then of no more', () => {
    const { told, origins } = withLog();
    for (let i = 0; i < 1_000; i += 1) expect(origins.allow(from(`https://${i}.example.com`))).toBe(false);
    expect(told).toHaveLength(21);
    expect(told.slice(-2)).toEqual([{ origin: 'https://19.example.com' }, { origins: 20 }]);
  });

  test('of the beginning of a long one', () => {
    const { told, origins } = withLog();
    const long = `https://${'x'.repeat(10_000)}`;
    for (const end of ['a', 'b']) expect(origins.allow(from(long + end))).toBe(false);
    expect(told).toEqual([{ origin: long.slice(0, 200) }]);
  });
});
