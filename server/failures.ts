import { ChatError } from './chat-error.ts';
import type { Log } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { StoreAway } from './storage/store-away.ts';

type Noting = { log: Pick<Log, 'error' | 'warn'>; metrics: Metrics };

/** A refusal as it is; of all else, which is noted, the client learns only that it may try again, where it is said after how long. */
export function refusalFrom(error: unknown, where: string, noting: Noting, retryAfterMs?: number): ChatError {
  if (error instanceof ChatError) return error;
  noteFailure(error, where, noting);
  return new ChatError('unavailable', undefined, {
    cause: error,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/**
 * Of an error that is no refusal: an outage of the store is counted as one, all else is a fault of ours. The cause goes into
 * the log, and not to the client.
 */
export function noteFailure(error: unknown, where: string, { log, metrics }: Noting): void {
  if (error instanceof StoreAway) {
    metrics.storeFailures.inc();
    log.warn({ err: error, where }, 'the store is away');
  } else {
    metrics.faults.inc({ where });
    log.error({ err: error, where }, 'a request failed');
  }
}
