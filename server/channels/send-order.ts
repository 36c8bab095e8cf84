import type { Caller } from '../auth/caller.ts';
import { ChatError } from '../chat-error.ts';

// Some send several messages without waiting for the answers. One that is `unavailable` will be sent again, under the same
// key; until then none that was sent after it may be stored, or it would stand before it for ever.

type Place = { channel: string; key: string };

type Wait = {
  until: number;
  /** It was refused only because of one before it. */
  isBehind: boolean;
};

/** The messages of one caller in one channel that are neither stored nor refused for good, in the order of their first attempt. */
type Places = {
  /** By key: how its next attempt is waited for; undefined while an attempt is under way. */
  readonly waiting: Map<string, Wait | undefined>;
  /** How many are waited for. */
  refused: number;
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

const ofCallers = new WeakMap<Caller, Map<string, Places>>();

/**
 * To be called before each attempt to store a message.
 * @throws ChatError `unavailable` while one that was sent before it has to be sent again
 */
export function takePlace(caller: Caller, { channel, key }: Place, now = performance.now()): void {
  const places = placesIn(caller, channel);
  const before = places.refused > 0 ? waitBefore(places, key, now) : undefined;
  if (before !== undefined) {
    // Not counted from now: who never sends again what was refused would be refused for ever, each time because of the last.
    put(places, key, { until: before.isBehind ? before.until : before.until + patienceBehindMs, isBehind: true });
    throw new ChatError('unavailable', 'An earlier message has to come first.', { retryAfterMs });
  }
  put(places, key, undefined);
}

/** The message is stored, or never will be: nothing waits for it. */
export function leavePlace(caller: Caller, { channel, key }: Place): void {
  const channels = ofCallers.get(caller);
  const places = channels?.get(channel);
  if (places === undefined) return;
  if (places.waiting.get(key) !== undefined) places.refused -= 1;
  places.waiting.delete(key);
  if (places.waiting.size === 0) channels?.delete(channel);
}

/** One that was refused for now will come again, and keeps the place that it had; any other failure is the end of it. */
export function notStored(caller: Caller, place: Place, error: unknown, now = performance.now()): void {
  const isFinal = error instanceof ChatError && error.code !== 'unavailable';
  if (isFinal) leavePlace(caller, place);
  else put(placesIn(caller, place.channel), place.key, { until: now + patience(), isBehind: false });
}

/** A key that is there already keeps its place. */
function put(places: Places, key: string, wait: Wait | undefined): void {
  const before = places.waiting.get(key);
  places.refused += Number(wait !== undefined) - Number(before !== undefined);
  places.waiting.set(key, wait);
  if (places.waiting.size <= placesAtMost) return;
  const [[oldest, given] = []] = places.waiting;
  if (oldest === undefined) return;
  if (given !== undefined) places.refused -= 1;
  places.waiting.delete(oldest);
}

/** Of those that this one must not overtake, what is waited for longest. Those that were given up lose their places. */
function waitBefore(places: Places, key: string, now: number): Wait | undefined {
  let longest: Wait | undefined;
  for (const [earlier, wait] of places.waiting) {
    if (earlier === key) break;
    if (wait === undefined) continue;
    if (wait.until <= now) {
      places.waiting.delete(earlier);
      places.refused -= 1;
    } else if (longest === undefined || wait.until > longest.until) longest = wait;
  }
  return longest;
}

function patience(): number {
  return patienceMs.least + (patienceMs.most - patienceMs.least) * Math.random();
}

function placesIn(caller: Caller, channel: string): Places {
  const channels = ofCallers.get(caller) ?? new Map<string, Places>();
  ofCallers.set(caller, channels);
  const places = channels.get(channel) ?? { waiting: new Map(), refused: 0 };
  channels.set(channel, places);
  return places;
}
