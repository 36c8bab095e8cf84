import { ChatError } from '../chat-error.ts';
import { RecentMap } from '../recent-map.ts';

/** Wrong passcodes in one window of time: of one user for any channel, and of all users for one channel. */
export const triesAllowed = Object.freeze({ perUser: 5, perChannel: 50, windowMs: 60_000 });

const remembered = 20_000;

type Window = { tries: number; until: number };

/** Keeps guessing slow, on this instance. */
export class PasscodeTries {
  readonly #now: () => number;
  readonly #windows = new RecentMap<string, Window>(remembered);

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Before the passcode is looked at, so that tries at the same moment count too. Answers what takes it back when it was right.
   * @throws ChatError `rate_limited`
   */
  begin(channel: string, user: string): () => void {
    const windows = [this.#window(`user ${user}`), this.#window(`channel ${channel}`)] as const;
    const [ofUser, ofChannel] = windows;
    const over = [
      ...(ofUser.tries >= triesAllowed.perUser ? [ofUser] : []),
      ...(ofChannel.tries >= triesAllowed.perChannel ? [ofChannel] : []),
    ];
    if (over.length > 0) {
      const until = Math.max(...over.map((window) => window.until));
      throw new ChatError('rate_limited', 'Too many tries; wait a little.', { retryAfterMs: until - this.#now() });
    }
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
