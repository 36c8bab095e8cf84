import { describe, expect, it } from 'vitest';
import { CommitQueue } from './commit-queue.ts';

function queueOf(...names: string[]) {
  const queue = new CommitQueue<{ channel: string; chars: number; name: string }>({ items: 5, chars: 100 });
  for (const name of names) queue.push({ channel: name.slice(0, 1), chars: 10, name });
  return {
    queue,
    take: (items: number, channels = 'ab', chars = 1_000) =>
      queue.take({ items, chars }, new Set(channels)).map(({ name }) => name),
  };
}

describe('The queue of a committer', () => {
  it('gives what came first', () => {
    const { take } = queueOf('a1', 'b1', 'a2');
    expect([take(2), take(2), take(2)]).toEqual([['a1', 'b1'], ['a2'], []]);
  });

  it('gives no more than fits into one write', () => {
    const { take } = queueOf('a1', 'b1', 'a2');
    expect([take(9, undefined, 20), take(9, undefined, 20)]).toEqual([['a1', 'b1'], ['a2']]);
  });

  it('leaves what is for other channels where it is', () => {
    const { take } = queueOf('a1', 'b1', 'a2', 'a3', 'b2');
    expect(take(9, 'b')).toEqual(['b1', 'b2']);
    expect(take(9)).toEqual(['a1', 'a2', 'a3']);
  });

  it('says what channels it holds something for, the one with the oldest first', () => {
    expect(queueOf('b1', 'a1', 'b2').queue.channels()).toEqual(['b', 'a']);
  });

  it('puts back in front, in order', () => {
    const { queue, take } = queueOf('a1', 'a2', 'b1');
    const again = queue.take({ items: 2, chars: 1_000 }, new Set('ab'));
    queue.push({ channel: 'a', chars: 10, name: 'a3' });
    queue.putBack(again);
    expect(take(9)).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('is full by number and by size, and no longer when something was taken or removed', () => {
    const { queue } = queueOf('a1', 'a2', 'a3', 'a4', 'a5');
    expect(queue.full).toBe(true);
    queue.remove(({ name }) => name === 'a3');
    expect(queue.full).toBe(false);
    queue.push({ channel: 'a', chars: 60, name: 'long' });
    queue.take({ items: 2, chars: 1_000 }, new Set('ab'));
    queue.push({ channel: 'a', chars: 20, name: 'a6' });
    expect(queue.full).toBe(true);
    queue.take({ items: 9, chars: 1_000 }, new Set('ab'));
    expect([queue.full, queue.size]).toEqual([false, 0]);
  });
});
