import { RecentMap } from '../recent-map.ts';

type Turn = { rivalAt: number; waitUntil: number };

/** Channels remembered; a forgotten one has no rivals until the next is seen. */
const remembered = 10_000;
/** A rival of whom nothing was seen for this long has gone. */
const rivalForMs = 1_000;
/** A slow store must not make a long wait. */
const waitAtMostMs = 20;

/**
 * Fairness among instances that write into one channel. Whoever has just stored something knows the head first and would win
 * every race from then on; so it waits for as long as its write took, and those who lost go first. Where nobody else writes,
 * nobody waits.
 */
export class Turns {
  readonly #now: () => number;
  readonly #turns = new RecentMap<string, Turn>(remembered);

  /** A clock that never goes back, in ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Another instance stored something in this channel. */
  rival(channel: string): void {
    this.#turns.set(channel, { rivalAt: this.#now(), waitUntil: this.#turns.get(channel)?.waitUntil ?? 0 });
  }

  /** This instance stored something in this channel; the write took so long. */
  stored(channel: string, tookMs: number): void {
    const turn = this.#turns.get(channel);
    if (turn === undefined) return;
    const now = this.#now();
    if (now - turn.rivalAt < rivalForMs) turn.waitUntil = now + Math.min(waitAtMostMs, tookMs);
    else this.#turns.delete(channel);
  }

  /** How long it is still the others' turn, in ms; 0 = it is this instance's. */
  waitMs(channel: string): number {
    const turn = this.#turns.get(channel);
    return turn === undefined ? 0 : Math.max(0, turn.waitUntil - this.#now());
  }
}
