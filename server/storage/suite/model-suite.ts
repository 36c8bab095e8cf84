import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry, MessageEntry } from '../../../protocol/entities.ts';
import type { AppendOutcome, NewChange, NewEntry, Storage } from '../storage.ts';
import { deletion, edit, freshId, message, reaction } from './make-suite.ts';

/** The log as its interface describes it, with nothing but arrays. */
class Model {
  readonly #logs = new Map<string, Entry[]>();

  log(channel: string): Entry[] {
    const log = this.#logs.get(channel) ?? [];
    this.#logs.set(channel, log);
    return log;
  }

  append(batch: readonly NewEntry[]): AppendOutcome[] {
    const stuck = new Set<string>();
    return batch.map((entry) => {
      const outcome: AppendOutcome = stuck.has(entry.channel) ? { kind: 'taken' } : this.#one(entry);
      if (outcome.kind !== 'stored') stuck.add(entry.channel);
      return structuredClone(outcome);
    });
  }

  #one({ channel, ...entry }: NewEntry): AppendOutcome {
    const log = this.log(channel);
    if (entry.type === 'message') {
      const same = log.find(
        (each) => each.type === 'message' && each.sender.id === entry.sender.id && each.key === entry.key,
      );
      if (same?.type === 'message') return { kind: 'duplicate', entry: same };
    }
    if (entry.seq <= log.length) return { kind: 'taken' };
    if (entry.type === 'message') return this.#store(log, entry);
    return entry.type === 'system' ? this.#store(log, entry) : this.#change(log, entry);
  }

  #store(log: Entry[], entry: Entry): AppendOutcome {
    log.push(structuredClone(entry));
    return { kind: 'stored', entry };
  }

  #change(log: Entry[], change: Exclude<DistributedOmit<NewChange, 'channel'>, { type: 'system' }>): AppendOutcome {
    const target = log[change.target - 1];
    if (target?.type !== 'message') return { kind: 'missing' };
    const since = (which: (entry: Entry) => boolean) => log.findLast(which)?.seq ?? target.seq;
    const ofTarget = (entry: Entry) => entry.type === change.type && 'target' in entry && entry.target === target.seq;
    if (target.deletedAt !== undefined) {
      return change.type === 'delete' ? { kind: 'unchanged', seq: since(ofTarget) } : { kind: 'missing' };
    }
    switch (change.type) {
      case 'edit':
        if (change.text === target.text) return { kind: 'unchanged', seq: since(ofTarget) };
        Object.assign(target, { text: change.text, editedAt: change.at });
        return this.#store(log, change);
      case 'delete':
        Object.assign(target, { text: '', deletedAt: change.at });
        delete target.mentions;
        delete target.reactions;
        for (const entry of log) if (entry.type === 'edit' && entry.target === target.seq) entry.text = '';
        return this.#store(log, change);
      case 'reaction':
        return this.#react(log, target, change, (entry) => ofTarget(entry) && 'by' in entry && entry.by === change.by);
    }
  }

  #react(
    log: Entry[],
    target: MessageEntry,
    change: Extract<DistributedOmit<NewChange, 'channel'>, { type: 'reaction' }>,
    ofUser: (entry: Entry) => boolean,
  ): AppendOutcome {
    const users = target.reactions?.[change.emoji] ?? [];
    if (users.includes(change.by) === change.on) {
      return { kind: 'unchanged', seq: log.findLast(ofUser)?.seq ?? target.seq };
    }
    const now = change.on ? [...users, change.by] : users.filter((user) => user !== change.by);
    const reactions = now.length > 0 ? { [change.emoji]: now } : {};
    if (now.length > 0) target.reactions = reactions;
    else delete target.reactions;
    return this.#store(log, { ...change, reactions });
  }
}

type DistributedOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
/** What to append at a seq that is known only when it happens. */
type Step = { channel: number; at: (channel: string, seq: number) => NewEntry };

// A small world, so that random steps meet: two channels, two senders, six keys, the first messages, one emoji.
const channel = fc.nat(1);
const target = fc.integer({ min: 1, max: 5 });
const user = fc.constantFrom('alice', 'bob');
const messages: fc.Arbitrary<Step> = fc.record({ channel, user, key: fc.nat(5) }).map((given) => ({
  channel: given.channel,
  at: (id, seq) => message(id, seq, { key: `key-${given.key}`, sender: { id: given.user, name: given.user } }),
}));
const edits: fc.Arbitrary<Step> = fc
  .record({ channel, target, text: fc.constantFrom('one', 'two') })
  .map((given) => ({ channel: given.channel, at: (id, seq) => edit(id, seq, given.target, given.text) }));
const deletions: fc.Arbitrary<Step> = fc
  .record({ channel, target })
  .map((given) => ({ channel: given.channel, at: (id, seq) => deletion(id, seq, given.target) }));
const reactions: fc.Arbitrary<Step> = fc.record({ channel, target, user, on: fc.boolean() }).map((given) => ({
  channel: given.channel,
  at: (id, seq) => reaction(id, seq, given.target, given.user, '👍', given.on),
}));
const step = fc.oneof(
  { weight: 8, arbitrary: messages },
  { weight: 2, arbitrary: edits },
  { weight: 1, arbitrary: deletions },
  { weight: 3, arbitrary: reactions },
);
/** A batch of an instance that may have missed the last entries of a channel. */
const batch = fc.record({
  missed: fc.tuple(fc.constantFrom(0, 0, 1, 2), fc.constantFrom(0, 0, 1, 2)),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
});

export function modelSuite(storage: () => Storage): void {
  test('whatever is appended, the outcomes and the log are those of the model', async () => {
    const property = fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 6 }), async (batches) => {
      const ids = [freshId('one'), freshId('two')] as const;
      const model = new Model();
      for (const { missed, steps } of batches) {
        const next = ids.map((id, index) => Math.max(1, model.log(id).length + 1 - (missed[index] ?? 0)));
        const entries = steps.map(({ channel, at }) => {
          const seq = next[channel] ?? 1;
          next[channel] = seq + 1;
          return at(ids[channel] ?? '', seq);
        });
        expect(await storage().log.append(entries)).toEqual(model.append(entries));
      }
      for (const id of ids) expect(await storage().log.after(id, 0, 1_000)).toEqual(model.log(id));
    });
    await fc.assert(property, { numRuns: 60 });
  });
}
