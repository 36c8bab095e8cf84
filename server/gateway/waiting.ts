import type { Bus } from '../bus/bus.ts';
import { timeOf } from '../storage/retained.ts';
import type { Storage } from '../storage/storage.ts';
import type { Membership } from './membership.ts';
import { hasJoined } from './session.ts';
import type { Sessions } from './sessions.ts';

export type WaitingOptions = {
  storage: Storage;
  bus: Bus;
  sessions: Sessions;
  membership: Membership;
  now: () => number;
};

/** The bus may have been deaf for so long before it was known to be down. */
const doubtMs = 30_000;
/** Of a direct channel that nobody here has joined so many entries are looked at for one that was missed. */
const lookedAt = 50;

/** Finds direct messages and groups of which the user's connections were not told, because the invitation was lost. */
export class Waiting {
  readonly #options: WaitingOptions;
  #heardAt: number;

  constructor(options: WaitingOptions) {
    this.#options = options;
    this.#heardAt = options.now();
  }

  /** The bus is up. */
  heard(): void {
    this.#heardAt = this.#options.now();
  }

  async look(user: string): Promise<void> {
    const { membership, sessions, storage } = this.#options;
    const since = this.#heardAt - doubtMs;
    const held = (await storage.channels.ofUser(user)).filter(
      ({ channel: { id, kind }, member }) =>
        (kind === 'direct' || (member.invited === true && member.joinedAt >= since)) &&
        [...sessions.of(user)].some((session) => !hasJoined(session, id)),
    );
    if (held.length === 0) return;
    const ids = held.map(({ channel }) => channel.id);
    const [heads, marks] = await Promise.all([storage.log.heads(ids), storage.receipts.ofUser(user, ids)]);
    for (const { id, kind } of held.map(({ channel }) => channel)) {
      const head = heads.get(id) ?? 0;
      if (kind !== 'direct') membership.invited(user, id, head);
      else if (head > (marks.get(id)?.delivered ?? 0)) {
        const entries = await storage.log.latest(id, lookedAt);
        const missed = entries.find((entry) => timeOf(entry) >= since);
        if (missed !== undefined) membership.invited(user, id, missed.seq - 1);
      }
    }
  }
}
