import type { LoadResult } from './spec.ts';

/** Past this a conversation is no longer one. */
const brokenAboveMs = 100;

/** Whether a server bears this rate: everything delivered, nothing refused, nobody put out, 99 of 100 in time. */
export function holds({ delivery, lost, dropped, refused }: LoadResult): boolean {
  return delivery.p99 <= brokenAboveMs && lost === 0 && dropped === 0 && Object.keys(refused).length === 0;
}
