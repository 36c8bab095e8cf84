import { mapOf } from '../../parallel.ts';
import type { AppendOutcome, LogStore, NewEntry, NewMessage } from '../storage.ts';
import { changeAppender } from './changes.ts';
import type { Connection } from './connection.ts';
import type { Indexer } from './indexer.ts';
import { fillsLeaf } from './leaves.ts';
import { type Heads, messageAppender, type Placed, type Settle } from './messages.ts';

type Parted = { messages: Placed<NewMessage>[]; rest: Map<string, Placed<NewEntry>[]> };

/** Channels whose changes are written at a time. */
const channelsAtOnce = 8;

function isMessage(item: Placed<NewEntry>): item is Placed<NewMessage> {
  return item.entry.type === 'message';
}

/** What one insert can store at once, and for each channel what follows behind its first change. */
function part(batch: readonly NewEntry[]): Parted {
  const messages: Placed<NewMessage>[] = [];
  const rest = new Map<string, Placed<NewEntry>[]>();
  batch.forEach((entry, index) => {
    const item = { index, entry };
    const behind = rest.get(entry.channel);
    if (behind) behind.push(item);
    else if (isMessage(item)) messages.push(item);
    else rest.set(entry.channel, [item]);
  });
  return { messages, rest };
}

export function appender(connection: Connection, heads: Heads, indexer: Indexer): LogStore['append'] {
  const appendMessages = messageAppender(connection, heads);
  const appendChange = changeAppender(connection, indexer);

  return async (batch) => {
    // What nothing else becomes of stands behind an entry of its channel that was not stored.
    const outcomes = batch.map((): AppendOutcome => ({ kind: 'taken' }));
    const settle: Settle = (index, outcome) => {
      outcomes[index] = outcome;
      if (outcome.kind === 'stored' && fillsLeaf(outcome.entry.seq)) indexer.want(batch[index]?.channel ?? '');
    };
    const { messages, rest } = part(batch);
    await appendMessages(messages, settle);
    const stuck = new Set(
      messages.filter(({ index }) => outcomes[index]?.kind !== 'stored').map(({ entry }) => entry.channel),
    );

    await mapOf([...rest], channelsAtOnce, async ([channel, items]) => {
      if (stuck.has(channel)) return;
      // One after another, because each stands on the one before it.
      for (const { index, entry } of items) {
        if (entry.type === 'message') await appendMessages([{ index, entry }], settle);
        else settle(index, await appendChange(entry));
        if (outcomes[index]?.kind !== 'stored') return;
      }
    });
    return outcomes;
  };
}
