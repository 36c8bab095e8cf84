import { limits } from '../../protocol/limits.ts';
import { heldIn } from '../channels/hold.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import { mapOf } from '../parallel.ts';
import { SharedReads } from '../shared-reads.ts';
import type { Membership } from './membership.ts';
import { hasJoined, type Session } from './session.ts';

export type HeldNewsOptions = Pick<Parts, 'storage' | 'access' | 'log'> & {
  membership: Membership;
  /** Channels that a local connection has joined. */
  open: () => string[];
};

/** Of one channel. */
const lookUpsAtOnce = 4;
const channelsAtOnce = 8;

/** Tells the organizers who are connected here how many messages wait for them. */
export class HeldNews {
  readonly #options: HeldNewsOptions;
  /** One at a time of each channel: what is told last was counted last. */
  readonly #turns = new SharedReads<void>();

  constructor(options: HeldNewsOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  tell(channel: string): Promise<void> {
    return this.#turns
      .read(channel, () => this.#tell(channel))
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error, channel }, 'organizers could not be told what waits for them');
      });
  }

  /** What other instances have said of any channel may have been lost. Never rejects. */
  async tellAll(): Promise<void> {
    await mapOf(this.#options.open(), channelsAtOnce, (channel) => this.tell(channel));
  }

  async #tell(channel: string): Promise<void> {
    const { storage, membership } = this.#options;
    if (membership.in(channel).length === 0) return;
    // They come first in the list; so nobody else's rights need be looked up, however many are in the channel.
    const listed = await storage.channels.members(channel, limits.membersListed);
    const organizers = new Set(listed.filter(({ role }) => role === 'organizer').map(({ user }) => user));
    const sessions = membership.in(channel).filter(({ identity }) => organizers.has(identity.user) || identity.service);
    if (sessions.length === 0) return;
    const count = await heldIn(storage, channel);
    await mapOf(sessions, lookUpsAtOnce, async (session) => {
      if (await this.#isOrganizer(session, channel)) session.socket.emit('held', { channel, count });
    });
  }

  /** Of two connections of a user one may have come with a token that says less. */
  async #isOrganizer(session: Session, channel: string): Promise<boolean> {
    try {
      const { role } = await this.#options.access.of(session, channel);
      return role === 'organizer' && hasJoined(session, channel);
    } catch (error) {
      if (error instanceof ChatError && error.code === 'forbidden') return false;
      throw error;
    }
  }
}
