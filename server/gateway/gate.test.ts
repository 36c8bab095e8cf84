import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

function gateOf(atOnce: number) {
  const clock = { now: 0 };
  const gate = new Gate({ atOnce, waitMs: 4_000, now: () => clock.now });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const come = (name: string, isWanted = () => true) =>
    gate.pass(() => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    }, isWanted);
  return { begun, clock, come, end: (name: string) => ends.get(name)?.() };
}
const turn = () => new Promise(setImmediate);

describe('A gate', () => {
  it('lets so many in at once, and the others in their order, many together or as many as there are', async () => {
    const { begun, come, end } = gateOf(4);
    const names = [...'abcdefghi'];
    const all = names.map((name) => come(name));
    const inside = async (...gone: string[]) => {
      for (const name of gone) end(name);
      await turn();
      return begun.join('');
    };
    expect(await inside()).toBe('abcd');
    expect(await inside('b', 'a')).toBe('abcd');
    expect(await inside('d')).toBe('abcdefg');
    // Nobody overtakes those who wait, though there is room.
    const last = come('j');
    expect(await inside('c')).toBe('abcdefg');
    expect(await inside('e', 'f')).toBe('abcdefghij');
    await inside(...'ghij');
    expect(await Promise.all([...all, last])).toEqual([...names, 'j']);
  });

  it('does nothing for those who have gone when their turn comes', async () => {
    const { begun, come, end } = gateOf(1);
    void come('alice');
    const gone = come('bob', () => false);
    void come('carol');
    await turn();
    end('alice');
    await expect(gone).rejects.toMatchObject({ code: 'unavailable' });
    await turn();
    expect(begun).toEqual(['alice', 'carol']);
  });

  it('asks to come again while the first has waited too long, and not for ever', async () => {
    const { clock, come, end } = gateOf(1);
    void come('alice');
    void come('bob');
    clock.now += 4_001;
    await expect(come('carol')).rejects.toMatchObject({ code: 'unavailable', retryAfterMs: expect.any(Number) });
    await turn();
    end('alice');
    await turn();
    end('bob');
    const again = come('carol');
    await turn();
    end('carol');
    expect(await again).toBe('carol');
  });
});
