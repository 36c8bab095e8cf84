/** `npm run test:fuzz` runs 25 times as many cases as `npm test`: 50,000 in place of 2,000. */
const scale = Number(process.env.FUZZ_SCALE ?? 1);

export const cases = Object.freeze({ events: 1_400 * scale, frames: 300 * scale, http: 300 * scale });

/** For a test of so many seconds at scale 1. */
export function timeoutOf(seconds: number): number {
  return seconds * 1_000 * Math.max(1, scale);
}
