import { describe, expect, it } from 'vitest';
import { check, flawless } from './checker.ts';
import { emptyHistory, type History, type Shown } from './history.ts';

/** Two senders who read each other, ten messages, nothing wrong; for each test to put one thing wrong. */
function faultless(): { history: History; stored: Shown[]; of: (reader: string) => (Shown & { at: number })[] } {
  const history = emptyHistory();
  const stored: Shown[] = [];
  for (let i = 0; i < 10; i += 1) {
    const [key, sender, text] = [`k${i}`, i % 2 === 0 ? 'alice' : 'bob', `text ${i}`];
    history.sent.push({ at: i * 10, sender, key, text });
    history.acks.push({ at: i * 10 + 4, key, seq: i + 1, id: String(i) });
    stored.push({ seq: i + 1, key, sender, text });
  }
  for (const reader of ['alice', 'bob'])
    history.shown.set(
      reader,
      stored.map((each, i) => ({ ...each, at: i * 10 + 5 })),
    );
  return { history, stored, of: (reader) => history.shown.get(reader) ?? [] };
}

const judge = ({ history, stored }: { history: History; stored: Shown[] }) => check(history, stored, 50);

describe('The checker', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(judge(faultless())).toMatchObject({
      ...flawless,
      acked: 10,
      ackP50Ms: 4,
      unavailableMs: 10,
      recoveredMs: 5,
    });
  });

  it('catches one message dropped by the store', () => {
    const run = faultless();
    run.stored.splice(4, 1);
    expect(judge(run)).toMatchObject({ lost: 1, gaps: 1 });
  });

  it('catches the last message dropped by the store', () => {
    const run = faultless();
    run.stored.pop();
    expect(judge(run).lost).toBe(1);
  });

  it('catches one message dropped on the way to one reader, the last one too', () => {
    for (const place of [4, 9]) {
      const run = faultless();
      run.of('bob').splice(place, 1);
      expect(judge(run)).toMatchObject({ lost: 0, gaps: 1 });
    }
  });

  it('catches one message doubled in the store', () => {
    const run = faultless();
    run.stored.push({ seq: 11, key: 'k3', sender: 'bob', text: 'text 3' });
    expect(judge(run).doubled).toBe(1);
  });

  it('catches one message doubled on one screen', () => {
    const run = faultless();
    run.of('alice').push({ seq: 4, key: 'k3', sender: 'bob', text: 'text 3', at: 99 });
    expect(judge(run)).toMatchObject({ doubled: 1, lost: 0 });
  });

  it('catches two messages swapped on one screen', () => {
    const run = faultless();
    const [one, other] = run.of('bob').splice(4, 2);
    if (one && other) run.of('bob').splice(4, 0, other, one);
    expect(judge(run)).toMatchObject({ orders: 2, gaps: 0, doubled: 0 });
  });

  it('catches two messages of one sender swapped in the store', () => {
    const run = faultless();
    const [one, other] = [run.stored[2], run.stored[4]];
    if (one && other) [one.seq, other.seq] = [other.seq, one.seq];
    run.stored.sort((a, b) => a.seq - b.seq);
    expect(judge(run).orders).toBeGreaterThan(1);
  });

  it('catches an ack that names another place than the store', () => {
    const run = faultless();
    const ack = run.history.acks[3];
    if (ack) ack.seq = 5;
    expect(judge(run).lost).toBe(1);
  });

  it('catches a message that nobody sent, and one whose text is another', () => {
    const run = faultless();
    run.stored.push({ seq: 11, key: 'k10', sender: 'mallory', text: 'boo' });
    expect(judge(run).phantoms).toBe(1);
    const altered = faultless();
    const shown = altered.of('bob')[2];
    if (shown) shown.text = 'text 9';
    expect(judge(altered).phantoms).toBe(1);
  });

  it('catches a message of which nobody knows what became', () => {
    const run = faultless();
    run.history.acks.splice(6, 1);
    expect(judge(run).unknown).toBe(1);
  });
});
