import type { Presence } from '../../protocol/entities.ts';
import type { EventOf, PresenceChange } from '../../protocol/events.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import type { Log } from '../logger.ts';
import type { UserStore } from '../storage/storage.ts';

type PresenceEvent = EventOf<'presence'>;

export type FanOutOptions = {
  users: UserStore;
  bus: Bus;
  log: Log;
  /** Whether a local socket has joined the channel, or is about to; `forget` is owed when the last one has left. */
  isOpen: (channel: string) => boolean;
  /** To the joined local sockets of a channel. */
  tell: (channel: string, event: PresenceEvent) => void;
  /** Changes of this long, in ms, go into one event a channel, however many members come and go. */
  gatherMs?: number;
};

/** Changes of this long go out together: short enough to be "at once" to a reader. */
const gatherMs = 250;

/**
 * Brings each change of presence to those who share a joined channel with the user. Changes are gathered for a moment and are one
 * event a channel then: so n members who come and go together cost each of them one frame, and not n.
 */
export class PresenceFanOut {
  readonly #options: FanOutOptions;
  /** Of each open channel, the users whose presence its members follow; and the other way round. */
  readonly #followed = new Map<string, Set<string>>();
  readonly #channels = new Map<string, Set<string>>();
  #changes = new Map<string, Map<string, PresenceChange>>();
  #seen = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FanOutOptions) {
    this.#options = options;
  }

  /** The members of an open channel follow these; of a large one only the first that are listed. */
  follow(channel: string, users: Iterable<string>): void {
    // A request may be about any channel, and of one that nobody here has joined nothing would ever be forgotten.
    if (!this.#options.isOpen(channel)) return;
    const followed = setIn(this.#followed, channel);
    for (const user of users) {
      if (followed.size >= limits.membersListed) return;
      followed.add(user);
      setIn(this.#channels, user).add(channel);
    }
  }

  /** The last local socket has left the channel. */
  forget(channel: string): void {
    for (const user of this.#followed.get(channel) ?? []) {
      const channels = this.#channels.get(user);
      channels?.delete(channel);
      if (channels?.size === 0) this.#channels.delete(user);
    }
    this.#followed.delete(channel);
    this.#changes.delete(channel);
  }

  /** A user is in the channel, or something about their membership has changed: for its members on this instance and on the others. */
  entered(channel: string, user: string, member: PresenceChange): void {
    this.heard({ channel, members: { [user]: member } });
    this.#options.bus.publish(`channel:${channel}`, {
      kind: 'event',
      name: 'presence',
      payload: { channel, members: { [user]: member } },
    });
  }

  /** A user is no member of the channel any more. */
  removed(channel: string, user: string): void {
    const members = { [user]: { state: 'offline' as const, removed: true } };
    this.heard({ channel, members });
    this.#options.bus.publish(`channel:${channel}`, { kind: 'event', name: 'presence', payload: { channel, members } });
  }

  /** As another instance tells it, or this one. */
  heard({ channel, members }: PresenceEvent): void {
    this.follow(channel, Object.keys(members));
    for (const [user, change] of Object.entries(members)) {
      this.#gather(channel, user, change);
      if (change.removed === true) this.#unfollow(channel, user);
    }
  }

  /** The registry's word on a user, of wherever in the cluster. */
  changed(user: string, presence: Presence): void {
    for (const channel of this.#channels.get(user) ?? []) this.#gather(channel, user, presence);
    if (presence.state === 'offline') this.#seen.set(user, presence.lastSeen ?? Date.now());
    this.#later();
  }

  /** What was gathered goes out now; resolves when the last times seen are stored. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [changes, seen] = [this.#changes, this.#seen];
    this.#changes = new Map();
    this.#seen = new Map();
    for (const [channel, members] of changes)
      this.#options.tell(channel, { channel, members: Object.fromEntries(members) });
    if (seen.size === 0) return;
    const marks = [...seen].map(([user, at]) => ({ user, at }));
    await this.#options.users
      .seen(marks)
      .catch((error: unknown) =>
        this.#options.log.warn({ err: error, users: marks.length }, 'times last seen were not stored'),
      );
  }

  #gather(channel: string, user: string, change: PresenceChange): void {
    if (this.#followed.get(channel)?.has(user) !== true) return;
    const members = this.#changes.get(channel) ?? new Map<string, PresenceChange>();
    // The later word on the state, with the earlier one's name; who comes back is not removed.
    const { lastSeen: _, removed: __, ...known } = members.get(user) ?? change;
    members.set(user, { ...known, ...change });
    this.#changes.set(channel, members);
    this.#later();
  }

  #unfollow(channel: string, user: string): void {
    this.#followed.get(channel)?.delete(user);
    const channels = this.#channels.get(user);
    channels?.delete(channel);
    if (channels?.size === 0) this.#channels.delete(user);
  }

  #later(): void {
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.gatherMs ?? gatherMs);
    this.#timer.unref();
  }
}

function setIn(sets: Map<string, Set<string>>, name: string): Set<string> {
  const set = sets.get(name) ?? new Set<string>();
  sets.set(name, set);
  return set;
}
