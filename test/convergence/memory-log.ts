import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { effectOf, type KeyedMessage, messageOf, systemOf } from '../../server/storage/changes.ts';
import { readPage } from '../../server/storage/pages.ts';
import type { AppendOutcome, NewEntry, Page, PageAt } from '../../server/storage/storage.ts';

/** The logs of all channels, with the semantics of a store and none of its delays. */
export class MemoryLog {
  readonly #channels = new Map<string, Entry[]>();

  entries(channel: string): readonly Entry[] {
    return this.#channels.get(channel) ?? [];
  }

  append(batch: readonly NewEntry[]): AppendOutcome[] {
    const stuck = new Set<string>();
    return batch.map((entry) => {
      const outcome: AppendOutcome = stuck.has(entry.channel) ? { kind: 'taken' } : this.#appendOne(entry);
      if (outcome.kind !== 'stored') stuck.add(entry.channel);
      return outcome;
    });
  }

  page(channel: string, at: PageAt, limit: number): Promise<Page> {
    const messages = this.entries(channel).filter((entry): entry is MessageEntry => entry.type === 'message');
    const range = {
      below: async (_: string, seq: number, count: number) =>
        messages
          .filter((message) => message.seq < seq)
          .reverse()
          .slice(0, count),
      from: async (_: string, seq: number, count: number) =>
        messages.filter((message) => message.seq >= seq).slice(0, count),
    };
    return readPage(range, channel, at, limit);
  }

  #appendOne(entry: NewEntry): AppendOutcome {
    const log = this.#channels.get(entry.channel) ?? [];
    this.#channels.set(entry.channel, log);
    if (entry.type === 'message') {
      const same = log.find((each) => isMessage(each) && each.sender.id === entry.sender.id && each.key === entry.key);
      if (same && isMessage(same)) return { kind: 'duplicate', entry: same };
    }
    if (entry.seq <= log.length) return { kind: 'taken' };
    if (entry.seq !== log.length + 1) throw new Error(`a gap: ${entry.seq} behind ${log.length}`);
    if (entry.type === 'message') return this.#push(log, messageOf(entry));
    if (entry.type === 'system') return this.#push(log, systemOf(entry));
    const target = log[entry.target - 1];
    const effect = effectOf(entry, target && isMessage(target) ? target : undefined);
    if (effect.kind === 'missing' || effect.kind === 'full') return effect;
    if (effect.kind === 'unchanged') return { kind: 'unchanged', seq: entry.target };
    log[entry.target - 1] = effect.message;
    return this.#push(log, effect.entry);
  }

  #push(log: Entry[], entry: Entry): AppendOutcome {
    log.push(entry);
    return { kind: 'stored', entry };
  }
}

function isMessage(entry: Entry): entry is KeyedMessage {
  return entry.type === 'message' && entry.key !== undefined;
}
