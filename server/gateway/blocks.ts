import type { Session } from './session.ts';

type Hidden = ReadonlySet<string>;

const againMs = 1_000;

/** Whom the users of the local connections have blocked: read when a connection first joins a channel, and after a change. */
export class Blocks {
  readonly #read: (user: string) => Promise<string[]>;
  readonly #hidden = new Map<Session, Hidden>();
  readonly #reading = new Map<Session, Promise<Hidden>>();
  readonly #blockers = new Map<string, Set<Session>>();
  /** Where it could not be read after a change: one more try each, however often the change is heard of. */
  readonly #again = new Map<Session, NodeJS.Timeout>();

  constructor(read: (user: string) => Promise<string[]>) {
    this.#read = read;
  }

  /** At once where it is known. */
  of(session: Session): Hidden | Promise<Hidden> {
    return this.#reading.get(session) ?? this.#hidden.get(session) ?? this.#load(session);
  }

  /** Whether somebody here has blocked this user. */
  has(user: string): boolean {
    return this.#blockers.size > 0 && this.#blockers.has(user);
  }

  /** What is known of this one. */
  known(session: Session): Hidden {
    return this.#hidden.get(session) ?? nobody;
  }

  /** The user has blocked somebody, or has taken it back. */
  changed(session: Session): void {
    if (!this.#hidden.has(session) && !this.#reading.has(session)) return;
    // What is delivered goes by what is known, so it is read until the store answers.
    this.#load(session).catch(() => this.#later(session));
  }

  forget(session: Session): void {
    this.#reading.delete(session);
    this.#set(session, nobody);
    this.#hidden.delete(session);
  }

  #later(session: Session): void {
    clearTimeout(this.#again.get(session));
    const again = setTimeout(() => {
      this.#again.delete(session);
      this.changed(session);
    }, againMs);
    this.#again.set(session, again.unref());
  }

  #load(session: Session): Promise<Hidden> {
    const reading: Promise<Hidden> = this.#read(session.identity.user).then(
      (blocked) => {
        // Most have blocked nobody: one set for all of them.
        const hidden = blocked.length === 0 ? nobody : new Set(blocked);
        // Unless it changed meanwhile, or the connection is gone.
        if (this.#reading.get(session) === reading) {
          this.#reading.delete(session);
          this.#set(session, hidden);
        }
        return hidden;
      },
      (error: unknown) => {
        if (this.#reading.get(session) === reading) this.#reading.delete(session);
        throw error;
      },
    );
    // Of a connection that is gone nothing is kept: nobody would forget it.
    if (session.socket.connected) this.#reading.set(session, reading);
    return reading;
  }

  #set(session: Session, hidden: Hidden): void {
    for (const user of this.known(session)) {
      const blockers = this.#blockers.get(user);
      blockers?.delete(session);
      if (blockers?.size === 0) this.#blockers.delete(user);
    }
    this.#hidden.set(session, hidden);
    for (const user of hidden) {
      const blockers = this.#blockers.get(user);
      if (blockers === undefined) this.#blockers.set(user, new Set([session]));
      else blockers.add(session);
    }
  }
}

const nobody: Hidden = new Set();
