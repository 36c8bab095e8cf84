import type { ClientSession } from 'mongodb';
import type { ChannelState } from '../../../protocol/entities.ts';
import { effectOf, type NewSystem, type NewTargeted, systemOf } from '../changes.ts';
import type { AppendOutcome, NewChange } from '../storage.ts';
import { type Connection, isDuplicate } from './connection.ts';
import { changeDocument, type EntryFields, messageDocument, messageOf, readable } from './entries.ts';
import type { Indexer } from './indexer.ts';

type Within = { session: ClientSession };

/** Appends one change together with its effect, or not at all. */
export function changeAppender(
  { collections, transact }: Connection,
  indexer: Indexer,
): (change: NewChange) => Promise<AppendOutcome> {
  const { log, channels } = collections;

  async function sinceWhen(change: NewTargeted, within: Within): Promise<number> {
    const { channel, target, type } = change;
    const same = change.type === 'reaction' ? { by: change.by, emoji: change.emoji } : {};
    const last = await log.findOne({ channel, target, type, ...same }, { ...within, sort: { seq: -1 } });
    return last?.seq ?? target;
  }

  async function appendSystem(change: NewSystem, within: Within): Promise<AppendOutcome> {
    const { channel, event, value } = change;
    const last = await log.findOne({ channel, event }, { ...within, sort: { seq: -1 } });
    if (last?.type === 'system' && last.value === value) return { kind: 'unchanged', seq: last.seq };
    const entry = systemOf(change);
    await log.insertOne(changeDocument(channel, entry), within);
    const now = event === 'title' ? { title: value } : { 'settings.state': value as ChannelState };
    await channels.updateOne({ _id: channel }, { $set: now }, within);
    return { kind: 'stored', entry };
  }

  async function appendTargeted(change: NewTargeted, found: EntryFields[], within: Within): Promise<AppendOutcome> {
    const { channel } = change;
    const target = found.find(({ seq }) => seq === change.target);
    const before = target?.type === 'message' ? messageOf(target) : undefined;
    const effect = effectOf(change, before);
    if (effect.kind === 'missing' || effect.kind === 'full') return effect;
    if (effect.kind === 'unchanged') return { kind: 'unchanged', seq: await sinceWhen(change, within) };
    await log.insertOne(changeDocument(channel, effect.entry), within);
    await log.replaceOne({ channel, seq: change.target }, messageDocument(channel, effect.message), within);
    if (change.type === 'delete') {
      await log.updateMany({ channel, target: change.target, type: 'edit' }, { $set: { text: '' } }, within);
    }
    if (change.type !== 'reaction' && before !== undefined) {
      await indexer.alter(channel, { seq: change.target, before, after: effect.message }, within.session);
    }
    return { kind: 'stored', entry: effect.entry };
  }

  async function append(change: NewChange, within: Within): Promise<AppendOutcome> {
    const seqs = change.type === 'system' ? [change.seq] : [change.seq, change.target];
    const found = await log
      .find<EntryFields>({ channel: change.channel, seq: { $in: seqs } }, { ...within, projection: readable })
      .toArray();
    if (found.some(({ seq }) => seq === change.seq)) return { kind: 'taken' };
    return change.type === 'system' ? appendSystem(change, within) : appendTargeted(change, found, within);
  }

  return async (change) => {
    try {
      return await transact((session) => append(change, { session }));
    } catch (error) {
      // Another instance took the seq while this transaction ran; it had no effect.
      if (isDuplicate(error)) return { kind: 'taken' };
      throw error;
    }
  };
}
