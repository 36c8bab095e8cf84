import { randomUUID } from 'node:crypto';
import type { ChannelKind } from '../../protocol/entities.ts';
import type { NewChannel, NewGroup, NewMeeting } from '../../protocol/http.ts';
import { directPrefix } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { hashPasscode } from '../auth/passcode.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import type { StoredChannel } from '../storage/storage.ts';
import { directChannel, privateChannel } from './direct.ts';
import { titleFrom } from './text.ts';

type MakeParts = Pick<Parts, 'storage' | 'now'>;

/** @throws ChatError `forbidden`, `conflict`, `invalid` */
export function makeChannel(parts: MakeParts, caller: Caller, asked: NewChannel): Promise<StoredChannel> {
  switch (asked.kind) {
    case 'meeting':
      return makeMeeting(parts, caller, asked);
    case 'direct':
      return asked.meeting === undefined
        ? directChannel(parts, caller.identity.user, asked.user)
        : privateChannel(parts, caller, asked.user, asked.meeting);
    default:
      return makeGroup(parts, caller, asked);
  }
}

async function makeGroup(
  parts: MakeParts,
  caller: Caller,
  { title: asked, passcode }: NewGroup,
): Promise<StoredChannel> {
  const title = titleFrom(asked);
  const passcodeHash = passcode === undefined ? undefined : await hashPasscode(passcode);
  return make(parts, caller, { id: randomUUID(), kind: 'group', title, passcodeHash });
}

async function makeMeeting(parts: MakeParts, caller: Caller, asked: NewMeeting): Promise<StoredChannel> {
  const id = asked.id ?? randomUUID();
  const { identity } = caller;
  // Else anyone could take the name of a meeting before its organizer comes.
  const named = identity.meetings.get(id) === 'organizer' || (identity.service && !id.startsWith(directPrefix));
  if (asked.id !== undefined && !named) throw new ChatError('forbidden', 'This meeting is not yours to make.');
  if (asked.id !== undefined && (await parts.storage.channels.get(id)) !== undefined) throw alreadyThere();
  const at = parts.now();
  const title = asked.title === undefined ? id : titleFrom(asked.title);
  const made = await make(parts, caller, { id, kind: 'meeting', title }, at);
  // Of two who make it at once, one is told that the other did.
  if (made.owner !== identity.user || made.createdAt !== at || made.title !== title) throw alreadyThere();
  return made;
}

function alreadyThere(): ChatError {
  return new ChatError('conflict', 'The meeting is there already.');
}

async function make(
  { storage: { channels }, now }: MakeParts,
  { identity: { user } }: Caller,
  asked: { id: string; kind: ChannelKind; title: string; passcodeHash?: string | undefined },
  at = now(),
): Promise<StoredChannel> {
  const { id, kind, title, passcodeHash } = asked;
  // The organizer first: a channel that is there has one, even if this process ends in between.
  await channels.putMember(id, { user, role: 'organizer', invited: true, appointed: true, at });
  return channels.create({
    id,
    kind,
    title,
    settings: { state: 'open', directMessages: true },
    createdAt: at,
    owner: user,
    ...(passcodeHash === undefined ? {} : { passcodeHash }),
  });
}
