import type { Bus } from '../bus/bus.ts';
import type { Session } from './session.ts';

/** The connections of this instance, by id and by user. While a user has one, what others say to that user is heard. */
export class Sessions {
  readonly #bus: Bus;
  readonly #all = new Map<string, Session>();
  readonly #ofUser = new Map<string, Set<Session>>();

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  get size(): number {
    return this.#all.size;
  }

  add(session: Session): void {
    const { user } = session.identity;
    this.#all.set(session.id, session);
    const others = this.#ofUser.get(user);
    if (others === undefined) this.#ofUser.set(user, new Set([session]));
    else others.add(session);
    // For each of them, because an earlier one's may still be under way.
    void this.#bus.subscribe(`user:${user}`).then(() => {
      session.listening = true;
    });
  }

  remove(session: Session): void {
    const { user } = session.identity;
    this.#all.delete(session.id);
    const left = this.#ofUser.get(user);
    left?.delete(session);
    if (left?.size !== 0) return;
    this.#ofUser.delete(user);
    this.#bus.unsubscribe(`user:${user}`);
  }

  get(id: string): Session | undefined {
    return this.#all.get(id);
  }

  of(user: string): ReadonlySet<Session> {
    return this.#ofUser.get(user) ?? none;
  }

  all(): Iterable<Session> {
    return this.#all.values();
  }

  users(): string[] {
    return [...this.#ofUser.keys()];
  }
}

const none: ReadonlySet<Session> = new Set();
