import type { Answers } from '../../protocol/commands.ts';
import { limits } from '../../protocol/limits.ts';
import type { Grant } from '../auth/access.ts';
import { enter } from '../channels/enter.ts';
import { withoutHidden } from '../channels/hiding.ts';
import { heldIn } from '../channels/hold.ts';
import { enterByPasscode } from '../channels/passcode-entry.ts';
import { membersFor, peopleOf } from '../channels/people.ts';
import { latest, missed } from '../channels/reads.ts';
import { ChatError } from '../chat-error.ts';
import { hasJoined, roomOf, type Session } from '../gateway/session.ts';
import type { Call, Command } from './command.ts';
import { permitted } from './perform.ts';

/** Enters a channel: live from now on, with all that the client missed since its last entry, or with the latest page. */
export const join: Command<'join'> = {
  // Asked below: a passcode may make a member of one who is none yet.
  permission: 'none',
  run: (call) =>
    call.parts.gate.pass(
      () => enterChannel(call),
      () => call.caller.socket.connected,
    ),
};

async function enterChannel(call: Call<'join'>): Promise<Answers['join']> {
  const { parts, caller, payload } = call;
  const { channel, passcode } = payload;
  const { socket } = caller;
  const room = roomOf(channel);
  const present = socket.rooms.has(room);
  if (!present && socket.rooms.size > limits.channelsPerConnection) throw tooMany();
  if (passcode !== undefined) await enterByPasscode(parts, caller, channel, passcode);
  const { rightsChanged } = caller;
  const grant = await permitted(parts, caller, channel, 'read');
  // Known before the first live entry, which may be of somebody whom the user has blocked.
  await caller.hidden();
  // Live first, read after: what is stored between the two arrives twice, and not never.
  await socket.join(room);
  try {
    // Of those that were asked for at once, too. One room more is the socket's own.
    if (socket.rooms.size > limits.channelsPerConnection + 1) throw tooMany();
    // They may have been removed while they were not in the room to be put out of it.
    if (caller.rightsChanged !== rightsChanged) await permitted(parts, caller, channel, 'read');
    // What is opened for nobody is closed by nobody.
    isStillIn(caller, channel);
    // They may have been erased or removed on another instance, which tells only those where they are connected.
    if (!present) parts.receipts.forget(channel, caller.identity.user);
    await Promise.all([parts.feeds.open(channel), enter(parts, caller.identity, grant)]);
    return await answer(call, grant, present);
  } catch (error) {
    if (!present) await socket.leave(room);
    throw error;
  }
}

function tooMany(): ChatError {
  return new ChatError('conflict', `A connection may join ${limits.channelsPerConnection} channels.`);
}

/** Put out, gone, or told to leave while the store was asked: they hear nothing of the channel, and must not think they do. */
function isStillIn(caller: Session, channel: string): void {
  if (!hasJoined(caller, channel)) throw new ChatError('conflict', 'The channel was left meanwhile.');
}

async function answer({ parts, caller, payload }: Call<'join'>, { channel, role, muted }: Grant, present: boolean) {
  const { user, name, picture } = caller.identity;
  const { since, limit } = payload;
  const [log, people, hidden] = await Promise.all([
    since === undefined
      ? latest(parts, caller, channel.id, limit ?? limits.pageDefault)
      : missed(parts, caller, channel.id, since, limit ?? limits.pageMax),
    peopleOf(parts, channel.id, user),
    caller.hidden(),
  ]);
  // Last: what is told of it meanwhile must not be newer than this.
  const held = role === 'organizer' ? await heldIn(parts.storage, channel.id) : undefined;
  isStillIn(caller, channel.id);
  const me = { name, role, state: 'online' as const, ...(picture && { picture }), ...(muted && { muted }) };
  parts.people.follow(channel.id, Object.keys(people.members));
  if (!present) parts.people.entered(channel.id, user, me);
  return {
    channel,
    role,
    ...log,
    receipts: withoutHidden(hidden, people.receipts) ?? {},
    members: { ...membersFor(hidden, people.members), [user]: me },
    ...(held === undefined ? {} : { held }),
  };
}
