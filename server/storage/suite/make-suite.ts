import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Entry, Sender } from '../../../protocol/entities.ts';
import type { AppendOutcome, LogStore, NewChange, NewMessage } from '../storage.ts';

export const alice: Sender = { id: 'alice', name: 'Alice' };
export const bob: Sender = { id: 'bob', name: 'Bob' };

/** Every test has channels and users of its own, because all tests share one database. */
export function freshId(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}`;
}

const start = Date.UTC(2024, 0);
let made = 0;

/** A message at this place of its channel; each has an id greater than the one before. */
export function message(channel: string, seq: number, given: Partial<NewMessage> = {}): NewMessage {
  made += 1;
  return {
    channel,
    seq,
    type: 'message',
    id: String(999_999_999_999_900 + made),
    key: randomUUID(),
    sender: alice,
    text: `message ${seq}`,
    sentAt: start + made,
    ...given,
  };
}

export function edit(channel: string, seq: number, target: number, text: string, mentions?: string[]): NewChange {
  return { channel, seq, type: 'edit', target, by: alice.id, at: start + seq, text, ...(mentions && { mentions }) };
}
export function deletion(channel: string, seq: number, target: number): NewChange {
  return { channel, seq, type: 'delete', target, by: alice.id, at: start + seq };
}
export function reaction(
  channel: string,
  seq: number,
  target: number,
  by: string,
  emoji: string,
  on = true,
): NewChange {
  return { channel, seq, type: 'reaction', target, by, at: start + seq, emoji, on };
}
export function title(channel: string, seq: number, value: string): NewChange {
  return { channel, seq, type: 'system', event: 'title', value, by: alice.id, at: start + seq };
}

/** Messages 1 … n of a new channel, one for each text. */
export async function channelOf(
  log: LogStore,
  texts: readonly string[],
  given: Partial<NewMessage> = {},
): Promise<string> {
  const channel = freshId('channel');
  const outcomes = await log.append(texts.map((text, index) => message(channel, index + 1, { text, ...given })));
  expect(kinds(outcomes)).toEqual(texts.map(() => 'stored'));
  return channel;
}

export function kinds(outcomes: readonly AppendOutcome[]): string[] {
  return outcomes.map(({ kind }) => kind);
}
export function seqs(entries: readonly { seq: number }[]): number[] {
  return entries.map(({ seq }) => seq);
}
export function texts(entries: readonly (Entry | { text: string })[]): (string | undefined)[] {
  return entries.map((entry) => ('text' in entry ? entry.text : undefined));
}
export function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `message ${index + 1}`);
}
