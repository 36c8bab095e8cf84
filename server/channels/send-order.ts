import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';

// Some send several messages without waiting for the answers. One that is `unavailable` will be sent again, under the same
// key; until then none that was sent after it may be stored, or it would stand before it for ever.

type Place = { channel: string; key: string };
/** By key, in the order in which they were sent. */
type Refused = Map<string, { isWaiting: boolean; until: number }>;

/** A refused message that does not come again within this was given up; those behind it need not wait for it any more. */
const patienceMs = 5_000;
const retryAfterMs = 250;
/** Of one caller and channel. */
const refusedAtMost = 1_000;

const ofCallers = new WeakMap<Caller, Map<string, Refused>>();

/**
 * To be called before each attempt to store a message.
 * @throws ChatError `unavailable` while one that was sent before it has to be sent again
 */
export function takePlace(caller: Caller, place: Place, now = performance.now()): void {
  const refused = ofCallers.get(caller)?.get(place.channel);
  if (refused === undefined) return;
  if (isBehind(refused, place.key, now)) {
    keepPlace(caller, place, now);
    throw new ChatError('unavailable', 'An earlier message has to come first.', { retryAfterMs });
  }
  const own = refused.get(place.key);
  if (own !== undefined) own.isWaiting = false;
}

/** The message is stored, or never will be: nothing waits for it. */
export function leavePlace(caller: Caller, { channel, key }: Place): void {
  const channels = ofCallers.get(caller);
  const refused = channels?.get(channel);
  if (refused === undefined) return;
  refused.delete(key);
  if (refused.size === 0) channels?.delete(channel);
}

/** One that was refused for now will come again, and keeps the place that it had; any other failure is the end of it. */
export function notStored(caller: Caller, place: Place, error: unknown, now = performance.now()): void {
  const isFinal = error instanceof ChatError && error.code !== 'unavailable';
  if (isFinal) leavePlace(caller, place);
  else keepPlace(caller, place, now);
}

function keepPlace(caller: Caller, { channel, key }: Place, now: number): void {
  const channels = ofCallers.get(caller) ?? new Map<string, Refused>();
  ofCallers.set(caller, channels);
  const refused: Refused = channels.get(channel) ?? new Map();
  channels.set(channel, refused);
  refused.set(key, { isWaiting: true, until: now + patienceMs });
  const [first] = refused.keys();
  if (refused.size > refusedAtMost && first !== undefined) refused.delete(first);
}

function isBehind(refused: Refused, key: string, now: number): boolean {
  for (const [earlier, { isWaiting, until }] of refused) {
    if (earlier === key) return false;
    if (isWaiting && until > now) return true;
  }
  return false;
}
