import type { EditEntry } from '../../../protocol/entities.ts';
import { effectOf, type NewSystem, type NewTargeted, systemOf } from '../changes.ts';
import type { AppendOutcome, NewChange } from '../storage.ts';
import type { Database } from './database.ts';
import { type BodyRow, type EntryWriter, entryOf, messageOf } from './entries.ts';

type Found = BodyRow & { row: number };
type Seq = { seq: number | null };

/** Appends one change with its effect. To be called inside of a transaction. */
export function changeAppender(database: Database, writer: EntryWriter): (change: NewChange) => AppendOutcome {
  const isTaken = database.first<{ row: number }>('select row from entries where channel = ? and seq = ?');
  const target = database.first<Found>(
    "select row, body from entries where channel = ? and seq = ? and type = 'message'",
  );
  const editsOf = database.all<Found>(
    "select row, body from entries where channel = ? and target = ? and type = 'edit'",
  );
  const lastOf = database.first<Seq>(
    'select max(seq) as seq from entries where channel = ? and target = ? and type = ?',
  );
  const lastReaction = database.first<Seq>(
    `select max(seq) as seq from entries
     where channel = ? and target = ? and type = 'reaction' and author = ? and body ->> 'emoji' = ?`,
  );
  const lastEvent = database.first<{ seq: number; value: string }>(
    `select seq, body ->> 'value' as value from entries where channel = ? and event = ? order by seq desc limit 1`,
  );
  const setTitle = database.run('update channels set title = ? where id = ?');
  const setState = database.run("update channels set settings = json_set(settings, '$.state', ?) where id = ?");

  function sinceWhen(change: NewTargeted): number {
    const last =
      change.type === 'reaction'
        ? lastReaction(change.channel, change.target, change.by, change.emoji)
        : lastOf(change.channel, change.target, change.type);
    return last?.seq ?? change.target;
  }

  function appendSystem(change: NewSystem): AppendOutcome {
    const { channel, event, value } = change;
    const last = lastEvent(channel, event);
    if (last?.value === value) return { kind: 'unchanged', seq: last.seq };
    const entry = systemOf(change);
    writer.insert(channel, entry);
    if (event === 'title') setTitle(value, channel);
    else setState(value, channel);
    return { kind: 'stored', entry };
  }

  return (change) => {
    const { channel, seq } = change;
    if (isTaken(channel, seq)) return { kind: 'taken' };
    if (change.type === 'system') return appendSystem(change);
    const found = target(channel, change.target);
    const old = found && messageOf(found);
    const effect = effectOf(change, old);
    if (effect.kind === 'full') return effect;
    if (effect.kind === 'unchanged') return { kind: 'unchanged', seq: sinceWhen(change) };
    if (effect.kind === 'missing' || !found || !old) return { kind: 'missing' };
    writer.insert(channel, effect.entry);
    writer.replaceMessage(channel, found.row, old, effect.message);
    if (change.type === 'delete') {
      for (const edit of editsOf(channel, change.target)) {
        writer.replaceChange(edit.row, { ...(entryOf(edit) as EditEntry), text: '' });
      }
    }
    return { kind: 'stored', entry: effect.entry };
  };
}
