export type BackoffOptions = {
  /** The bound of the first wait. */
  baseMs: number;
  /** The bound of every wait. */
  capMs: number;
};

/** How long clients wait before they try again. */
export const backoffDefaults = Object.freeze({
  reconnect: Object.freeze({ baseMs: 500, capMs: 15_000 }),
  /** A new token is a cheap question to the host page, but a person has to act before the answer changes. */
  token: Object.freeze({ baseMs: 1_000, capMs: 15_000 }),
  /** A request that the server could not serve. */
  request: Object.freeze({ baseMs: 500, capMs: 10_000 }),
});

/**
 * Full jitter: anything from nothing up to a bound that doubles. A thousand clients that lost the server in the same
 * second come back spread over that whole span, and not in waves.
 * @param attempt 0 for the first wait
 */
export function fullJitter(attempt: number, { baseMs, capMs }: BackoffOptions, random = Math.random): number {
  // 2 ** 30 is past every cap and short of what a float turns into Infinity.
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30)));
}
