import type { Entry } from '../../protocol/entities.ts';
import { standingOf } from '../auth/access.ts';
import type { Bus } from '../bus/bus.ts';
import type { Log } from '../logger.ts';
import { mapOf } from '../parallel.ts';
import type { Storage } from '../storage/storage.ts';
import { forgetGrants, type Membership } from './membership.ts';
import { hasJoined } from './session.ts';
import type { Sessions } from './sessions.ts';

export type RevalidationOptions = {
  storage: Storage;
  bus: Bus;
  sessions: Sessions;
  membership: Membership;
  /** Channels that a local connection has joined. */
  open: () => string[];
  log: Log;
  now: () => number;
  everyMs?: number;
};

/** Below the five seconds in which a right must be gone everywhere. */
const everyMs = 4_000;
/** The bus may have been deaf for so long before it was known to be down. */
const doubtMs = 30_000;
/** Questions to the store at a time: an outage of the bus must not become one of the store. */
const width = 8;
/** Of a direct channel that nobody here has joined so many entries are looked at for one that was missed. */
const lookedAt = 50;

/** What the bus would have said and did not: while it is down, and once when it is back, the store is asked instead. */
export class Revalidation {
  readonly #options: RevalidationOptions;
  readonly #timer: NodeJS.Timeout;
  #heardUntil: number;
  #running: Promise<void> | undefined;

  constructor(options: RevalidationOptions) {
    this.#options = options;
    this.#heardUntil = options.now();
    this.#timer = setInterval(() => this.#tick(), options.everyMs ?? everyMs);
    this.#timer.unref();
  }

  /** Asks the store for everything that local connections rely on. Never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'rights could not be looked up again'))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  #tick(): void {
    if (this.#options.bus.up) this.#heardUntil = this.#options.now();
    else void this.run();
  }

  async #run(): Promise<void> {
    const { membership, open, sessions } = this.#options;
    for (const session of sessions.all()) forgetGrants(session);
    await mapOf(open(), width, (channel) => this.#lookAtChannel(channel));
    await mapOf(sessions.users(), width, (user) => {
      membership.blocksChanged(user);
      return this.#lookForInvitations(user);
    });
  }

  /** Puts those out who may not be in it any more: two questions, however many are in it. */
  async #lookAtChannel(channel: string): Promise<void> {
    const { membership, storage } = this.#options;
    const users = [...new Set(membership.in(channel).map(({ identity }) => identity.user))];
    const [stored, members] = await Promise.all([
      storage.channels.get(channel),
      storage.channels.membersNamed(channel, users),
    ]);
    for (const session of membership.in(channel)) {
      const { identity } = session;
      // Whoever came while this was read was looked up themselves.
      if (!users.includes(identity.user)) continue;
      const standing = standingOf(identity, channel, stored, members.get(identity.user));
      if (standing === undefined) membership.putOut(session, channel, 'removed');
    }
  }

  /** Direct channels in which something was said that the user's connections were not told of. */
  async #lookForInvitations(user: string): Promise<void> {
    const { membership, sessions, storage } = this.#options;
    const held = await storage.channels.ofUser(user, { kind: 'direct' });
    const ids = held
      .map(({ channel }) => channel.id)
      .filter((id) => [...sessions.of(user)].some((session) => !hasJoined(session, id)));
    if (ids.length === 0) return;
    const [heads, marks] = await Promise.all([storage.log.heads(ids), storage.receipts.ofUser(user, ids)]);
    const behind = ids.filter((id) => (heads.get(id) ?? 0) > (marks.get(id)?.delivered ?? 0));
    for (const id of behind) {
      const entries = await storage.log.latest(id, lookedAt);
      const missed = entries.find((entry) => timeOf(entry) >= this.#heardUntil - doubtMs);
      if (missed !== undefined) membership.invited(user, id, missed.seq - 1);
    }
  }
}

function timeOf(entry: Entry): number {
  return entry.type === 'message' ? entry.sentAt : entry.at;
}
