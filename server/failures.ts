import type { Log } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { StoreAway } from './storage/store-away.ts';

/**
 * Of an error that is no refusal: an outage of the store is counted as one, all else is a fault of ours. The cause goes into
 * the log, and not to the client.
 */
export function noteFailure(
  error: unknown,
  where: string,
  { log, metrics }: { log: Pick<Log, 'error' | 'warn'>; metrics: Metrics },
): void {
  if (error instanceof StoreAway) {
    metrics.storeFailures.inc();
    log.warn({ err: error, where }, 'the store is away');
  } else {
    metrics.faults.inc({ where });
    log.error({ err: error, where }, 'a request failed');
  }
}
