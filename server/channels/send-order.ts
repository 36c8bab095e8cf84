import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';

// Some send several messages without waiting for the answers. One that is `unavailable` will be sent again, under the same
// key; until then none that was sent after it may be stored, or it would stand before it for ever.

/** `number` counts the attempts of all, so that of two the one that came first has the lower one. */
type Place = { readonly channel: string; readonly key: string; readonly number: number };

type Wait = {
  until: number;
  /** It was refused only because of one before it. */
  isBehind: boolean;
};

/** The messages of one caller in one channel that were refused for now, in the order of their first attempt. */
type Refused = {
  /** By key; without a wait while its next attempt is under way. */
  places: Map<string, { readonly number: number; wait: Wait | undefined }>;
  highest: number;
};

/**
 * A refused message that does not come again within this was given up; those behind it need not wait for it any more. Not as
 * long for each: those whom an overload refused together, and who never ask again, are not to come back together.
 */
const patienceMs = Object.freeze({ least: 2_500, most: 5_000 });
/** Those behind it are waited for so much longer, to come in their order, and however many they are. */
const patienceBehindMs = 500;
const retryAfterMs = 250;
/** Of one caller and channel. */
const placesAtMost = 2_000;

/** Only what was refused is kept: nearly all messages pass here without leaving anything. */
const ofCallers = new WeakMap<Caller, Map<string, Refused>>();
let attempts = 0;

/** For an attempt to store a message, before anything is awaited. */
export function nextPlace(channel: string, key: string): Place {
  attempts += 1;
  return { channel, key, number: attempts };
}

/**
 * To be called before the message is stored.
 * @throws ChatError `unavailable` while one that was sent before it has to be sent again
 */
export function takePlace(caller: Caller, place: Place, now = performance.now()): void {
  const refused = ofCallers.get(caller)?.get(place.channel);
  if (refused === undefined) return;
  const before = waitBefore(refused, place, now);
  if (before === undefined) {
    const own = refused.places.get(place.key);
    if (own !== undefined) own.wait = undefined;
    leaveIfEmpty(caller, place.channel, refused);
    return;
  }
  // Not counted from now: who never sends again what was refused would be refused for ever, each time because of the last.
  const behind = before.isBehind ? before.until : before.until + patienceBehindMs;
  // But one that comes again was not given up, however long the first of them has to be sent again.
  const until = refused.places.has(place.key) ? Math.max(behind, now + patience()) : behind;
  put(refused, place, { until, isBehind: true });
  throw new ChatError('unavailable', 'An earlier message has to come first.', { retryAfterMs });
}

/** The message is stored, or never will be: nothing waits for it. */
export function leavePlace(caller: Caller, { channel, key }: Place): void {
  const refused = ofCallers.get(caller)?.get(channel);
  if (refused === undefined) return;
  refused.places.delete(key);
  leaveIfEmpty(caller, channel, refused);
}

/** One that was refused for now will come again, and keeps the place that it had; any other failure is the end of it. */
export function notStored(caller: Caller, place: Place, error: unknown, now = performance.now()): void {
  if (error instanceof ChatError && error.code !== 'unavailable') {
    leavePlace(caller, place);
    return;
  }
  const refused = refusedOf(caller, place.channel);
  // Where it did not even get to be stored, it waits as long as was said then.
  const wait = refused.places.get(place.key)?.wait;
  put(refused, place, wait ?? { until: now + patience(), isBehind: false });
}

/** A key that is there already keeps its place: that of its first attempt, whichever of them was refused first. */
function put(refused: Refused, { key, number }: Place, wait: Wait): void {
  const own = refused.places.get(key);
  if (own !== undefined && own.number <= number) {
    own.wait = wait;
    return;
  }
  refused.places.set(key, { number, wait });
  // Refused later than one that was sent after it.
  if (own !== undefined || number < refused.highest)
    refused.places = new Map([...refused.places].sort(([, a], [, b]) => a.number - b.number));
  else refused.highest = number;
  if (refused.places.size <= placesAtMost) return;
  const [oldest] = refused.places.keys();
  if (oldest !== undefined) refused.places.delete(oldest);
}

/** Of those that this one must not overtake, what is waited for longest. Those that were given up lose their places. */
function waitBefore({ places }: Refused, { key, number }: Place, now: number): Wait | undefined {
  const own = places.get(key)?.number ?? number;
  let longest: Wait | undefined;
  for (const [earlier, { number, wait }] of places) {
    if (number >= own) break;
    if (wait === undefined) continue;
    if (wait.until <= now) places.delete(earlier);
    else if (longest === undefined || wait.until > longest.until) longest = wait;
  }
  return longest;
}

function patience(): number {
  return patienceMs.least + (patienceMs.most - patienceMs.least) * Math.random();
}

function refusedOf(caller: Caller, channel: string): Refused {
  const channels = ofCallers.get(caller) ?? new Map<string, Refused>();
  ofCallers.set(caller, channels);
  const refused = channels.get(channel) ?? { places: new Map(), highest: 0 };
  channels.set(channel, refused);
  return refused;
}

function leaveIfEmpty(caller: Caller, channel: string, { places }: Refused): void {
  if (places.size === 0) ofCallers.get(caller)?.delete(channel);
}
