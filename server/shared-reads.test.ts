import { describe, expect, it } from 'vitest';
import { SharedReads } from './shared-reads.ts';

/** Reads that end when the test says so, and answer their number. */
function reads() {
  const ends: { resolve: () => void; reject: () => void }[] = [];
  const shared = new SharedReads<number>();
  const ask = (name = 'standup') =>
    shared.read(name, () => {
      const number = ends.length + 1;
      return new Promise((resolve, reject) => {
        ends.push({ resolve: () => resolve(number), reject: () => reject(new Error('away')) });
      });
    });
  return { ends, ask };
}
const turn = () => new Promise(setImmediate);

describe('A shared read', () => {
  it('serves all who ask while another is under way, and begins after they asked', async () => {
    const { ends, ask } = reads();
    const first = ask();
    const later = [ask(), ask(), ask()];
    expect(ends).toHaveLength(1);
    ends[0]?.resolve();
    expect(await first).toBe(1);
    await turn();
    ends[1]?.resolve();
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    expect(ends).toHaveLength(2);
  });

  it('is done anew for whoever asks when nothing is under way', async () => {
    const { ends, ask } = reads();
    const first = ask();
    ends[0]?.resolve();
    await first;
    await turn();
    const second = ask();
    ends[1]?.resolve();
    expect(await second).toBe(2);
  });

  it('is not kept from those who wait by the failure of the one before', async () => {
    const { ends, ask } = reads();
    const first = ask();
    const later = ask();
    ends[0]?.reject();
    await expect(first).rejects.toThrow('away');
    await turn();
    ends[1]?.resolve();
    expect(await later).toBe(2);
  });

  it('is of one name only', () => {
    const { ends, ask } = reads();
    void ask('standup');
    void ask('retro');
    expect(ends).toHaveLength(2);
  });
});
