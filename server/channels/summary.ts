import type { MessageEntry } from '../../protocol/entities.ts';
import type { ChannelDetails, ChannelSummary, Person } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import type { Grant } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import type { Parts } from '../commands/command.ts';
import { mapOf } from '../parallel.ts';
import { messageFor } from './hiding.ts';
import { membersFor, peopleOf } from './people.ts';

type SummaryParts = Pick<Parts, 'storage' | 'presence' | 'sharedPeople'>;

/** Of one question, so that nobody's list takes every connection to the database. */
const lookUpsAtOnce = 8;
/** The last message that is not hidden is looked for among so many. */
const lastLookedAt = 10;

/** Channels as this member sees them in their list, in the order given. */
export async function summariesOf(
  parts: SummaryParts,
  caller: Caller,
  grants: readonly Grant[],
): Promise<ChannelSummary[]> {
  const { log, receipts } = parts.storage;
  const ids = grants.map(({ channel }) => channel.id);
  const { user } = caller.identity;
  const [heads, marks, hidden, people] = await Promise.all([
    log.heads(ids),
    receipts.ofUser(user, ids),
    caller.hidden(),
    othersOf(parts, user, grants),
  ]);
  return mapOf(grants, lookUpsAtOnce, async ({ channel, role, muted }) => {
    const head = heads.get(channel.id) ?? 0;
    const receipt = marks.get(channel.id) ?? { delivered: 0, read: 0 };
    const [unread, last] = await Promise.all([
      receipt.read >= head ? 0 : log.countAfter(channel.id, receipt.read, user, limits.unreadCounted, [...hidden]),
      head === 0 ? undefined : lastOf(parts, channel.id, hidden),
    ]);
    const other = channel.settings.between?.find((each) => each !== user);
    const person = other === undefined ? undefined : people.get(other);
    return {
      ...channel,
      role,
      ...(muted ? { muted } : {}),
      head,
      unread,
      receipt,
      ...(last === undefined ? {} : { last }),
      ...(person === undefined ? {} : { with: hidden.has(person.id) ? absent(person) : person }),
    };
  });
}

export async function detailsOf(parts: SummaryParts, caller: Caller, grant: Grant): Promise<ChannelDetails> {
  const { id } = grant.channel;
  const [summaries, { members }, stored, hidden] = await Promise.all([
    summariesOf(parts, caller, [grant]),
    peopleOf(parts, id, caller.identity.user),
    parts.storage.channels.get(id),
    caller.hidden(),
  ]);
  const [summary] = summaries;
  if (summary === undefined) throw new Error('a channel without a summary');
  return { ...summary, members: membersFor(hidden, members), passcode: stored?.passcodeHash !== undefined };
}

async function lastOf(
  { storage }: SummaryParts,
  channel: string,
  hidden: ReadonlySet<string>,
): Promise<MessageEntry | undefined> {
  const { messages } = await storage.log.page(
    channel,
    { before: Number.MAX_SAFE_INTEGER },
    hidden.size === 0 ? 1 : lastLookedAt,
  );
  const last = messages.findLast(({ sender }) => !hidden.has(sender.id));
  return last && messageFor(hidden, last);
}

/** The other ones of direct channels, in two reads for all of them. */
async function othersOf(
  { storage, presence }: SummaryParts,
  user: string,
  grants: readonly Grant[],
): Promise<Map<string, Person>> {
  const ids = [...new Set(grants.flatMap(({ channel }) => channel.settings.between ?? []))].filter((id) => id !== user);
  if (ids.length === 0) return new Map();
  const [profiles, presences] = await Promise.all([storage.users.get(ids), presence.lookup(ids)]);
  return new Map(
    ids.map((id) => {
      const profile = profiles.get(id);
      const { state, lastSeen = profile?.lastSeen } = presences.get(id) ?? { state: 'offline' as const };
      const { name = id, picture } = profile ?? {};
      const seen = state === 'offline' && lastSeen !== undefined ? { lastSeen } : {};
      return [id, { id, name, ...(picture === undefined ? {} : { picture }), state, ...seen }];
    }),
  );
}

function absent({ lastSeen: _, ...person }: Person): Person {
  return { ...person, state: 'offline' };
}
