import { RecentMap } from '../recent-map.ts';

type Turn = {
  /** When another instance was last seen to write there. */
  rivalAt: number;
  /** Since when this instance has stored without a pause in which another could have. */
  since: number;
  storedAt: number;
  waitUntil: number;
};

/** Channels remembered; a forgotten one has no rivals until the next is seen. */
const remembered = 10_000;
/** A rival of whom nothing was seen for this long has gone. */
const rivalForMs = 1_000;
/** A slow store must not make a long wait. */
const waitAtMostMs = 100;
/** After so long without a pause there is one, in case that there are rivals who are not heard. */
const runMs = 150;

/**
 * Fairness among instances that write into one channel. Whoever has just stored something knows the head first and would win
 * every race from then on; so it waits for as long as its write took, and those who lost go first. Where nobody else writes,
 * nobody waits.
 */
export class Turns {
  readonly #now: () => number;
  readonly #hasPeers: boolean;
  readonly #turns = new RecentMap<string, Turn>(remembered);

  /** `now` is a clock that never goes back, in ms; `hasPeers` says that there may be rivals though none was seen. */
  constructor(now: () => number, hasPeers: boolean) {
    this.#now = now;
    this.#hasPeers = hasPeers;
  }

  /** Another instance stored something in this channel, or wanted to. */
  rival(channel: string): void {
    this.#turn(channel).rivalAt = this.#now();
  }

  /** This instance stored something in this channel; the write took so long. */
  stored(channel: string, tookMs: number): void {
    const turn = this.#turn(channel);
    const now = this.#now();
    const waitMs = Math.min(waitAtMostMs, tookMs);
    if (now - tookMs - turn.storedAt > tookMs) turn.since = now;
    turn.storedAt = now;
    if (now - turn.rivalAt < rivalForMs) turn.waitUntil = now + waitMs;
    else if (this.#hasPeers && now - turn.since > runMs) turn.waitUntil = now + 2 * waitMs;
  }

  /** How long it is still the others' turn, in ms; 0 = it is this instance's. */
  waitMs(channel: string): number {
    const turn = this.#turns.get(channel);
    return turn === undefined ? 0 : Math.max(0, turn.waitUntil - this.#now());
  }

  #turn(channel: string): Turn {
    const never = Number.NEGATIVE_INFINITY;
    const turn = this.#turns.get(channel) ?? { rivalAt: never, since: never, storedAt: never, waitUntil: 0 };
    this.#turns.set(channel, turn);
    return turn;
  }
}
