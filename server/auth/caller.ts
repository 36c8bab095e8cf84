import type { Grant } from './access.ts';
import type { Identity } from './identity.ts';

/** Who asks: a connection, or one HTTP request. */
export interface Caller {
  readonly identity: Identity;
  /** What they may do, looked up once: a promise while the look-up is under way. */
  readonly grants: Map<string, Grant | Promise<Grant>>;
  /** Whether this instance is told of what changes in the channel and in the caller's rights, so that a grant may be kept. */
  follows(channel: string): boolean;
  /** By channel, what later messages of this caller must wait for, so that none overtakes an earlier one. */
  readonly turns: Map<string, Promise<unknown>>;
  /** Whose messages are kept from them: those whom they have blocked. */
  hidden(): ReadonlySet<string> | Promise<ReadonlySet<string>>;
}

/** One that asks once. Nothing is kept. */
export function passingCaller(identity: Identity, blockedBy: (user: string) => Promise<string[]>): Caller {
  let hidden: Promise<ReadonlySet<string>> | undefined;
  return {
    identity,
    grants: new Map(),
    turns: new Map(),
    follows: () => false,
    hidden() {
      hidden ??= blockedBy(identity.user).then((blocked) => new Set(blocked));
      return hidden;
    },
  };
}
