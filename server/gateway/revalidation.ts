import type { Channel } from '../../protocol/entities.ts';
import { isTombstone, standingOf, toChannel } from '../auth/access.ts';
import type { Bus } from '../bus/bus.ts';
import type { Log } from '../logger.ts';
import { mapOf } from '../parallel.ts';
import type { Storage } from '../storage/storage.ts';
import type { Membership } from './membership.ts';
import type { Sessions } from './sessions.ts';
import { Waiting } from './waiting.ts';

export type RevalidationOptions = {
  storage: Storage;
  bus: Bus;
  sessions: Sessions;
  membership: Membership;
  /** Channels that a local connection has joined. */
  open: () => string[];
  /** To all of the joined here. */
  tell: (channel: Channel) => void;
  log: Log;
  now: () => number;
  everyMs?: number;
};

/** Below the five seconds in which a right must be gone everywhere, whatever becomes of the bus. */
const everyMs = 2_500;
/** A Redis that is frozen is found to be so within three seconds. */
const looksUntilNoticed = 2;
const idsPerRead = 1_000;
/** Questions to the store at a time: an outage of the bus must not become one of the store. */
const width = 8;

/**
 * What the bus should say and may not: which channels have changed since they were last looked at. One cheap question for
 * all of them, asked whether the bus is up or not, because a frozen one is up for a while; the dear questions only where
 * something has changed.
 */
export class Revalidation {
  readonly #options: RevalidationOptions;
  readonly #waiting: Waiting;
  readonly #timer: NodeJS.Timeout;
  #revisions = new Map<string, string | undefined>();
  /** To be looked at again, whether they have changed or not. */
  readonly #doubted = new Set<string>();
  /** Of an open channel that the joined were told of since: how it was then. */
  readonly #told = new Map<string, string>();
  /** What had changed at the last looks, the latest first: by then the bus may have been away, and not found to be. */
  #lately: readonly (readonly string[])[] = [];
  #running: Promise<void> | undefined;
  /** The bus was away since the last look at what it brings to users. */
  #wasAway = false;

  constructor(options: RevalidationOptions) {
    this.#options = options;
    this.#waiting = new Waiting(options);
    this.#timer = setInterval(() => void this.run(!options.bus.up), options.everyMs ?? everyMs);
    this.#timer.unref();
  }

  /** Asks the store; also, where the bus was away, for what it brings to users and not to channels. Never rejects. */
  run(wasAway: boolean): Promise<void> {
    this.#wasAway ||= wasAway;
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'rights could not be looked up again'))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /**
   * The joined were told how this channel is. Where it is altered at two instances at once, the word of the one may come
   * after that of the other, whose change is the later: hence another look.
   */
  told(channel: Channel): void {
    this.#told.set(channel.id, JSON.stringify(channel));
    this.#doubted.add(channel.id);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { bus, membership, open, sessions } = this.#options;
    // Said while this run is under way, or not answered by the store, it is for the next one.
    const wasAway = this.#wasAway;
    this.#wasAway = false;
    try {
      const changed = await this.#changed(open());
      await this.#lookAtChannels(wasAway ? [...new Set([...changed, ...this.#lately.flat()])] : changed, wasAway);
      this.#lately = [changed, ...this.#lately].slice(0, looksUntilNoticed);
      if (wasAway) {
        await mapOf(sessions.users(), width, (user) => {
          membership.blocksChanged(user);
          return this.#waiting.look(user);
        });
      }
    } catch (error) {
      this.#wasAway ||= wasAway;
      throw error;
    }
    if (bus.up && !this.#wasAway) this.#waiting.heard();
  }

  async #lookAtChannels(changed: readonly string[], wasAway: boolean): Promise<void> {
    try {
      await mapOf(changed, width, (channel) => this.#lookAt(channel, wasAway));
    } catch (error) {
      for (const channel of changed) this.#doubted.add(channel);
      throw error;
    }
  }

  /** Those that are not what they were, and those that were opened since, perhaps on a word that was old. */
  async #changed(ids: readonly string[]): Promise<string[]> {
    const open = new Set(ids);
    for (const held of [this.#told, this.#doubted]) for (const id of held.keys()) if (!open.has(id)) held.delete(id);
    const now = new Map<string, string | undefined>();
    for (let i = 0; i < ids.length; i += idsPerRead) {
      const some = ids.slice(i, i + idsPerRead);
      const revisions = await this.#options.storage.channels.revisions(some);
      for (const id of some) now.set(id, revisions.get(id));
    }
    const before = this.#revisions;
    this.#revisions = now;
    return ids.filter((id) => this.#doubted.has(id) || !before.has(id) || before.get(id) !== now.get(id));
  }

  /**
   * Has everybody's rights looked up again, and puts those out who have none: two questions, however many are in it. Who
   * stays is told how the channel is where they may know it otherwise.
   */
  async #lookAt(channel: string, wasAway: boolean): Promise<void> {
    const { membership, storage } = this.#options;
    this.#doubted.delete(channel);
    membership.channelChanged(channel);
    const users = [...new Set(membership.in(channel).map(({ identity }) => identity.user))];
    const [stored, members] = await Promise.all([
      storage.channels.get(channel),
      storage.channels.membersNamed(channel, users),
    ]);
    const isDeleted = stored !== undefined && isTombstone(stored);
    const code = isDeleted ? 'deleted' : 'removed';
    for (const session of membership.in(channel)) {
      const { identity } = session;
      // Whoever came while this was read was looked up themselves.
      if (!users.includes(identity.user)) continue;
      const standing = standingOf(identity, channel, stored, members.get(identity.user));
      if (standing === undefined) membership.putOut(session, channel, code);
    }
    if (stored !== undefined && !isDeleted) this.#tellAgain(toChannel(stored), wasAway);
  }

  #tellAgain(channel: Channel, wasAway: boolean): void {
    const told = this.#told.get(channel.id);
    // Told again meanwhile, perhaps of a later change than was read: the next look decides.
    if (this.#doubted.has(channel.id) || (told === undefined && !wasAway)) return;
    const present = JSON.stringify(channel);
    if (told === present) return;
    this.#told.set(channel.id, present);
    this.#options.tell(channel);
  }
}
