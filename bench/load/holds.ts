import type { LoadResult } from './spec.ts';

/** Past this a conversation is no longer one. */
const brokenAboveMs = 100;

/** Everything delivered, nothing refused, nobody put out. */
export function isWhole({ lost, dropped, refused }: LoadResult): boolean {
  return lost === 0 && dropped === 0 && Object.keys(refused).length === 0;
}

/** Whether a server bears this rate: nothing is missing, and 99 of 100 are there in time. */
export function holds(result: LoadResult): boolean {
  return isWhole(result) && result.delivery.p99 <= brokenAboveMs;
}
