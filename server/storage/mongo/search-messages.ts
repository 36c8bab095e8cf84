import type { MessageEntry } from '../../../protocol/entities.ts';
import type { Collections } from './collections.ts';
import { operationTimeoutMs } from './connection.ts';
import { type MessageFields, messageOf, readable } from './entries.ts';

const messagesAtOnce = 500;

export type MessageRange = { channel: string; seq: { $gt: number } | { $in: number[] } };
export type FoundMessage = MessageEntry & { channel: string };

export function searchQueries({ log }: Pick<Collections, 'log'>) {
  return {
    messages: (ranges: readonly MessageRange[]) =>
      log.find<MessageFields>(
        { $or: ranges.map((range) => ({ ...range, type: 'message' as const })) },
        // Told which index, MongoDB need not weigh it for each range.
        { projection: readable, hint: 'messages', batchSize: messagesAtOnce, maxTimeMS: operationTimeoutMs },
      ),
  };
}

/** Reads messages from the log; `each` hands them on in no order and holds few. */
export function messageReader(log: Collections['log']) {
  const query = searchQueries({ log });

  async function each(ranges: readonly MessageRange[], take: (message: FoundMessage) => void): Promise<void> {
    if (ranges.length === 0) return;
    for await (const fields of query.messages(ranges)) take({ ...messageOf(fields), channel: fields.channel });
  }

  async function at(places: readonly { channel: string; seq: number }[]): Promise<FoundMessage[]> {
    const seqs = new Map<string, number[]>();
    for (const { channel, seq } of places) seqs.set(channel, [...(seqs.get(channel) ?? []), seq]);
    const messages: FoundMessage[] = [];
    const ranges = Array.from(seqs, ([channel, some]) => ({ channel, seq: { $in: some } }));
    await each(ranges, (message) => messages.push(message));
    return messages;
  }

  return { each, at };
}
