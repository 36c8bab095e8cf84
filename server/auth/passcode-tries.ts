import { ChatError } from '../chat-error.ts';
import { RecentMap } from '../recent-map.ts';
import type { SharedTries } from './shared-tries.ts';

/** Wrong passcodes in one window of time: of one user for any channel, and of all users for one channel. */
export const triesAllowed = Object.freeze({ perUser: 5, perChannel: 50, windowMs: 60_000 });

const remembered = 20_000;

type Window = { tries: number; until: number };

/** Keeps guessing slow: over all instances where they share a Redis that answers, and on each of them in any case. */
export class PasscodeTries {
  readonly #now: () => number;
  readonly #shared: SharedTries | undefined;
  readonly #windows = new RecentMap<string, Window>(remembered);

  constructor(now: () => number, shared?: SharedTries) {
    this.#now = now;
    this.#shared = shared;
  }

  /**
   * Before the passcode is looked at, so that tries at the same moment count too. Answers what takes it back when it was right.
   * @throws ChatError `rate_limited`
   */
  async begin(channel: string, user: string): Promise<() => void> {
    const takeBackHere = this.#beginHere(channel, user);
    const waitMs = await this.#shared?.begin(channel, user);
    if (waitMs !== undefined && waitMs > 0) {
      takeBackHere();
      throw tooMany(waitMs);
    }
    return () => {
      takeBackHere();
      // What was not counted there is not taken from another's tries.
      if (waitMs === 0) void this.#shared?.takeBack(channel, user);
    };
  }

  #beginHere(channel: string, user: string): () => void {
    const windows = [this.#window(`user ${user}`), this.#window(`channel ${channel}`)] as const;
    const [ofUser, ofChannel] = windows;
    const over = [
      ...(ofUser.tries >= triesAllowed.perUser ? [ofUser] : []),
      ...(ofChannel.tries >= triesAllowed.perChannel ? [ofChannel] : []),
    ];
    if (over.length > 0) throw tooMany(Math.max(...over.map((window) => window.until)) - this.#now());
    for (const window of windows) window.tries += 1;
    return () => {
      for (const window of windows) window.tries -= 1;
    };
  }

  #window(name: string): Window {
    const now = this.#now();
    const known = this.#windows.get(name);
    if (known !== undefined && known.until > now) return known;
    const fresh = { tries: 0, until: now + triesAllowed.windowMs };
    this.#windows.set(name, fresh);
    return fresh;
  }
}

function tooMany(retryAfterMs: number): ChatError {
  return new ChatError('rate_limited', 'Too many tries; wait a little.', { retryAfterMs });
}
