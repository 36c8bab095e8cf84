import type { Answers } from '../../protocol/commands.ts';
import type { Entry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { Connection } from './connection.ts';
import { pageLength } from './log.ts';
import type { Failure } from './wire.ts';

/** What catching up works on: one channel's log, and how far it is known to go. */
export interface Backlog {
  readonly channel: string;
  /** The seq up to which all is held; undefined before the first join. */
  readonly head: number | undefined;
  /** The highest seq known to exist. */
  readonly target: number;
  /** The newest message held, as a mark by which to know the log again. */
  readonly last: { seq: number; id: string } | undefined;
  /** The server has let the user in. A first join starts the log; a later one follows it. */
  joined(answer: Answers['join']): void;
  follow(entries: readonly Entry[]): void;
  /** The server's log ends before ours, so it is another log (it was restored, or made anew): forget ours. */
  forget(): void;
}

/** Joins, and fetches all that was missed. Returns why it could not, or undefined when nothing is missing. */
export async function catchUp(
  connection: Connection,
  backlog: Backlog,
  current: () => boolean,
): Promise<Failure | undefined> {
  const since = backlog.head;
  const answer = await connection.request('join', {
    channel: backlog.channel,
    ...(since === undefined ? { limit: pageLength } : { since, limit: limits.pageMax }),
  });
  if (!current()) return undefined;
  if (!answer.ok) return answer.error;
  if (since !== undefined && answer.head < since) {
    // Another instance may be a step behind the one that we came from; only another log is reason to forget ours.
    const same = await holds(connection, backlog);
    if (!current()) return undefined;
    if (!same) {
      backlog.forget();
      return catchUp(connection, backlog, current);
    }
  }
  backlog.joined(answer);
  return syncUp(connection, backlog, current, since !== undefined && answer.more);
}

/** Fetches what is missing after a gap. Ends as well when the server has nothing new, so a wrong target does no harm. */
export async function syncUp(
  connection: Connection,
  backlog: Backlog,
  current: () => boolean,
  more = false,
): Promise<Failure | undefined> {
  let unfinished = more;
  while (backlog.head !== undefined && (unfinished || backlog.head < backlog.target)) {
    const since = backlog.head;
    const answer = await connection.request('sync', { channel: backlog.channel, since, limit: limits.pageMax });
    if (!current()) return undefined;
    if (!answer.ok) return answer.error;
    backlog.follow(answer.entries);
    if (backlog.head === since) return undefined;
    unfinished = answer.more;
  }
  return undefined;
}

/** Whether the server's log has our newest message at its place. */
async function holds(connection: Connection, { channel, last }: Backlog): Promise<boolean> {
  if (!last) return false;
  const answer = await connection.request('sync', { channel, since: last.seq - 1, limit: 1 });
  // No answer proves nothing, and what is on the screen is not thrown away on a suspicion.
  if (!answer.ok) return true;
  const [entry] = answer.entries;
  return entry?.type === 'message' && entry.id === last.id;
}
