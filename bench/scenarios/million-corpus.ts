import type { NewMessage } from '../../server/storage/storage.ts';

/** A channel that holds two fifths of everything, and a hundred that share the rest; the reader is in all of them. */
export const long = 'all-hands';
const teams = Array.from({ length: 100 }, (_, i) => `team-${i}`);
export const channels = [long, ...teams];
export const reader = 'alice';

const senders = 1_000;
const wordsInMessage = 12;
const syllables = ['ka', 'lo', 'mi', 'ter', 'na', 'so', 'ri', 'pen', 'du', 'vel'] as const;

/** The most frequent first. */
export const vocabulary = Array.from({ length: 20_000 }, (_, i) =>
  [...String(i).padStart(5, '0')].map((digit) => syllables[Number(digit)]).join(''),
);

/** Draws words as a language uses them: the nth a nth as often as the first. */
const drawWord = zipf(vocabulary.length);
const drawSender = zipf(senders);

/** The same messages in every run: `seed` decides. */
export class Corpus {
  readonly #random: () => number;
  readonly #heads = new Map<string, number>();
  #written = 0;

  constructor(seed = 1) {
    this.#random = randomOf(seed);
  }

  /** The next so many messages, of all channels. */
  next(count: number): NewMessage[] {
    return Array.from({ length: count }, () => this.#message());
  }

  headOf(channel: string): number {
    return this.#heads.get(channel) ?? 0;
  }

  #message(): NewMessage {
    const n = this.#written++;
    const channel = n % 5 < 2 ? long : (teams[Math.floor(this.#random() * teams.length)] ?? long);
    const seq = this.headOf(channel) + 1;
    this.#heads.set(channel, seq);
    const words = Array.from({ length: wordsInMessage }, () => vocabulary[drawWord(this.#random)]);
    const sender = userOf(drawSender(this.#random));
    const mentioned = this.#random() < 0.001 ? reader : this.#random() < 0.01 ? userOf(n % senders) : undefined;
    return {
      channel,
      seq,
      type: 'message',
      id: String(n + 1),
      key: `key-${n}`,
      sender: { id: sender, name: sender },
      text: words.join(' '),
      sentAt: 1_700_000_000_000 + n * 1_000,
      ...(mentioned === undefined ? {} : { mentions: [mentioned] }),
    };
  }
}

export function userOf(rank: number): string {
  return `user-${rank}`;
}

/** A whole number from … below. */
export function between(random: () => number, from: number, below: number): number {
  return from + Math.floor(random() * (below - from));
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function zipf(size: number): (random: () => number) => number {
  const sums = new Float64Array(size);
  for (let i = 0; i < size; i += 1) sums[i] = (sums[i - 1] ?? 0) + 1 / (i + 1);
  const all = sums[size - 1] ?? 1;
  return (random) => {
    const sought = random() * all;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < sought) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
