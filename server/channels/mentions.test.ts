import { describe, expect, it } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { calledIn } from './mentions.ts';

const names = new Map([
  ['anna', ['u1']],
  ['anna maria', ['u2']],
  ['bob', ['u3', 'u4']],
  ['zoë (guest)', ['u5']],
  ['李雷', ['u6']],
]);

describe('Who is called in a text', () => {
  it.each<[string, string[]]>([
    ['@Anna, are you there?', ['u1']],
    ['hi @anna maria!', ['u2']],
    ['hi @anna mariana', ['u1']],
    ['@annabel', []],
    ['(@Bob)', ['u3', 'u4']],
    ['@bob@anna', ['u3', 'u4']],
    ['mail bob@anna.example', []],
    ['@ anna', []],
    ['@zoë (guest) is here', ['u5']],
    ['请问@李雷，在吗', ['u6']],
    ['@李雷，在吗', ['u6']],
    ['@@anna', ['u1']],
    ['anna', []],
    ['@', []],
    ['@anna\nand @BOB', ['u1', 'u3', 'u4']],
  ])('%s', (text, users) => {
    expect(calledIn(text, names)).toEqual(users);
  });

  it('is found in time that grows with the text only, however many are called', () => {
    const crowd = new Map(Array.from({ length: 1_000 }, (_, i) => [`user ${i}`, [`u${i}`]]));
    const started = performance.now();
    for (const text of ['@'.repeat(10_000), '@user '.repeat(1_600), `@${'a '.repeat(5_000)}`]) calledIn(text, crowd);
    expect(performance.now() - started).toBeLessThan(500);
    expect(calledIn('@user 1 '.repeat(1_000), crowd)).toHaveLength(limits.mentions);
  });
});
