import type { Entry } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { Grant } from '../auth/access.ts';
import { entriesFor } from '../channels/hiding.ts';
import { ChatError } from '../chat-error.ts';
import { pageLength } from '../log/pages.ts';
import type { Log } from '../logger.ts';
import type { PresenceFanOut } from '../presence/fan-out.ts';
import type { Storage } from '../storage/storage.ts';
import type { Feeds } from './feeds.ts';
import { type Encoded, encodeEvent } from './frame.ts';
import { roomOf, type Session } from './session.ts';

export type InvitationsOptions = {
  feeds: Feeds;
  storage: Pick<Storage, 'log' | 'receipts'>;
  people: PresenceFanOut;
  access: { of(session: Session, channel: string): Grant | Promise<Grant> };
  /** The way that what is delivered goes, so that neither overtakes the other. */
  write: (session: Session, event: Encoded) => void;
  /** Whether somebody here has joined the channel. */
  isOpen: (channel: string) => boolean;
  log: Log;
};

/**
 * Joins connections to channels that they did not ask for: somebody writes to their user. They get the channel, then what
 * is in it after a seq, in order and without a gap to what comes live.
 */
export class Invitations {
  readonly #options: InvitationsOptions;
  /** A connection's id, a space, and the channel that it is about to join. */
  readonly #underWay = new Set<string>();

  constructor(options: InvitationsOptions) {
    this.#options = options;
  }

  /** One that is under way brings everything up to its end, so a second one has nothing to add. */
  follow(session: Session, channel: string, since: number): void {
    const name = `${session.id} ${channel}`;
    if (this.#underWay.has(name) || session.socket.rooms.size > limits.channelsPerConnection) return;
    this.#underWay.add(name);
    this.#follow(session, channel, since)
      .catch((error: unknown) => {
        // Not theirs after all: then there is nothing to say. For the rest they find it in their list of channels.
        if (error instanceof ChatError && error.code === 'forbidden') return;
        this.#options.log.warn({ err: error, channel }, 'an invitation could not be followed');
      })
      .finally(() => {
        this.#underWay.delete(name);
        if (this.#options.isOpen(channel)) return;
        this.#options.feeds.close(channel);
        this.#options.people.forget(channel);
      });
  }

  async #follow(session: Session, channel: string, since: number): Promise<void> {
    const { access, feeds, people, storage, write } = this.#options;
    const { socket } = session;
    const { rightsChanged } = session;
    const grant = await access.of(session, channel);
    const hidden = await session.hidden();
    const from = grant.channel.kind === 'direct' ? await this.#undelivered(session, channel, since) : since;
    for (let reached = from, told = false; ; told = true) {
      // What comes from now on is delivered to the joined; what is stored already is read here.
      await feeds.open(channel);
      const read: Entry[] = await storage.log.after(channel, reached, limits.pageMax);
      const entries = read.slice(0, pageLength(read));
      if (!socket.connected || socket.rooms.has(roomOf(channel))) return;
      // Removed meanwhile, when there was no room to be put out of.
      if (session.rightsChanged !== rightsChanged) await access.of(session, channel);
      if (!told) write(session, encodeEvent('channel', { channel: grant.channel }));
      if (entries.length > 0) write(session, encodeEvent('entries', { channel, entries: entriesFor(hidden, entries) }));
      reached = entries.at(-1)?.seq ?? reached;
      const head = feeds.head(channel);
      // In the same turn: whatever the feed delivers after this is beyond what was just sent.
      const isAll = entries.length === read.length && read.length < limits.pageMax;
      if (isAll && head !== undefined && head <= reached) {
        await socket.join(roomOf(channel));
        people.follow(channel, grant.channel.settings.between ?? []);
        return;
      }
    }
  }

  /** Two who write at two instances may be heard of in the other order; so what waits before that is brought too, a page at most. */
  async #undelivered({ identity }: Session, channel: string, since: number): Promise<number> {
    const marks = await this.#options.storage.receipts.ofUser(identity.user, [channel]);
    const delivered = marks.get(channel)?.delivered ?? 0;
    return Math.max(Math.min(since, delivered), since - limits.pageMax, 0);
  }
}
