import type { LeftCode, NamedEvent } from '../../protocol/events.ts';
import type { Grant } from '../auth/access.ts';
import { ChatError } from '../chat-error.ts';
import { mapOf } from '../parallel.ts';
import type { Blocks } from './blocks.ts';
import type { Invitations } from './invitations.ts';
import { channelsJoined, hasJoined, roomOf, type Session } from './session.ts';
import type { Sessions } from './sessions.ts';

export type MembershipOptions = {
  sessions: Sessions;
  blocks: Blocks;
  invitations: Invitations;
  /** The ids of the connections that have joined. */
  joined: (channel: string) => Iterable<string>;
  /** Says goodbye and closes. */
  dismiss: (session: Session) => void;
  access: { of(session: Session, channel: string): Grant | Promise<Grant> };
};

/** What one user is told of a channel. */
export type UserEvent = NamedEvent<'receipts' | 'refused'>;

/** Of one connection. */
const lookUpsAtOnce = 4;
const againMs = 1_000;

/** What changes in channels and in people's rights, done to the connections of this instance. */
export class Membership {
  readonly #options: MembershipOptions;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /** They look again before the next thing they do. */
  rightsChanged(user: string): void {
    for (const session of this.#options.sessions.of(user)) forgetGrants(session);
  }

  channelChanged(channel: string): void {
    for (const session of this.in(channel)) session.grants.delete(channel);
  }

  removed(channel: string, user: string): void {
    for (const session of this.#options.sessions.of(user)) {
      forgetGrants(session);
      this.putOut(session, channel, 'removed');
    }
  }

  deleted(channel: string): void {
    for (const session of this.in(channel)) {
      session.grants.delete(channel);
      this.putOut(session, channel, 'deleted');
    }
  }

  blocksChanged(user: string): void {
    for (const session of this.#options.sessions.of(user)) this.#options.blocks.changed(session);
  }

  invited(user: string, channel: string, since: number): void {
    for (const session of this.#options.sessions.of(user)) {
      if (!hasJoined(session, channel)) this.#options.invitations.follow(session, channel, since);
    }
  }

  tellUser(user: string, { name, payload }: UserEvent): void {
    for (const session of this.#options.sessions.of(user)) {
      if (!hasJoined(session, payload.channel)) continue;
      // Apart, because Socket.IO types what an event carries by its name.
      if (name === 'receipts') session.socket.emit(name, payload);
      else session.socket.emit(name, payload);
    }
  }

  /** Nothing more of this channel, from this moment on. A connection that has nothing else is closed. */
  putOut(session: Session, channel: string, code: LeftCode): void {
    const { socket } = session;
    if (!hasJoined(session, channel)) return;
    void socket.leave(roomOf(channel));
    socket.emit('left', { channel, code });
    if (channelsJoined(session).length === 0) this.#options.dismiss(session);
  }

  /** After a change of what the token says: they leave what is not open to them any more. Never rejects. */
  async recheck(session: Session): Promise<void> {
    const { identity } = session;
    let isUnknown = false;
    await mapOf(channelsJoined(session), lookUpsAtOnce, async (channel) => {
      try {
        await this.#options.access.of(session, channel);
      } catch (error) {
        // Another failure says nothing about their right; but they go on hearing, so it is asked again.
        if (error instanceof ChatError && error.code === 'forbidden') this.putOut(session, channel, 'removed');
        else isUnknown = true;
      }
    });
    // Until they have gone, or have another token, whose own question this is.
    if (isUnknown && session.socket.connected && session.identity === identity)
      setTimeout(() => void this.recheck(session), againMs).unref();
  }

  /** The local connections that have joined; a list, because they may leave while it is gone through. */
  in(channel: string): Session[] {
    return [...this.#options.joined(channel)]
      .map((id) => this.#options.sessions.get(id))
      .filter((session) => session !== undefined);
  }
}

export function forgetGrants(session: Session): void {
  session.rightsChanged += 1;
  session.grants.clear();
}
