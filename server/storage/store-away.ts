/** The database cannot be reached, is too slow, or has no room: no mistake of ours, and over by itself. Said by every store. */
export class StoreAway extends Error {
  override readonly name = 'StoreAway';
}

/** The error for those outside of the store, where `isOutage` tells that it is none of ours. */
export function seenFromOutside(error: unknown, isOutage: (error: unknown) => boolean): unknown {
  if (!isOutage(error)) return error;
  return new StoreAway(error instanceof Error ? error.message : String(error), { cause: error });
}
