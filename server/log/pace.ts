import { performance } from 'node:perf_hooks';

export const paceDefaults = Object.freeze({
  /** The share of its time that the event loop may be busy. */
  busy: 0.72,
  /** Between the beginnings of two writes to the same channel, at the most … */
  windowMs: 45,
  /** … and where that would save no frame, because hardly a channel has two entries within it … */
  narrowMs: 5,
  /** … unless it saves this share of them; in between, something in between. */
  saving: 0.25,
  /** So often it is found out how many frames it would save. */
  learnMs: 1_000,
  /** Between the beginnings of two writes, at the least, where a window is divided among lanes; and so many lanes at the most. */
  laneMs: 10,
  lanes: 2,
  /** By so many ms each ms that it is busy beyond that share widens the window, and each that it stays below narrows it. */
  widening: 0.16,
  /** No more of them count at a time: what a server did for seconds in which nobody wrote must not keep the next one waiting. */
  overAtMostMs: 20,
  /** From the first on some are refused, the more the longer others wait; what would wait longer than the second always is. */
  refuseFromMs: 300,
  waitMs: 500,
  /** Entries that may wait on a server whose rate is not known yet: a burst is no overload. */
  entries: 2_000,
  /** Entries that may wait however long it takes: a store that pauses for a moment is no overload either. */
  fewEntries: 200,
});

/** Since it was last asked: how many ms the event loop was busy, and how many not. */
export type Load = () => { busyMs: number; idleMs: number };

/**
 * How the committer meets load. A quiet server writes at once. A busy one leaves a little time between its writes: fewer,
 * larger writes cost the store and the network less for each message, which is what keeps it from being busier. What would
 * have to wait too long even so is refused, so that those who are served are served in time.
 */
export class Pace {
  readonly #load: Load;
  readonly #chance: () => number;
  #windowMs = 0;
  #widestMs: number = paceDefaults.windowMs;
  #perMs = 0;
  /** Of each channel, how many entries were written since it was last found out what a window saves. */
  #entriesOf = new Map<string, number>();
  #learningMs = 0;

  constructor(load: Load = eventLoopLoad(), chance: () => number = Math.random) {
    this.#load = load;
    this.#chance = chance;
  }

  /**
   * How writes follow one another: one begins so many ms after the one before, for one of so many lanes of channels. A channel
   * is written to once a window, so its readers get as few frames as if all were written at once; but nobody waits for the
   * writing and the delivery of all, and while the store writes to one lane the server delivers to the other.
   */
  rhythm(): { everyMs: number; lanes: number } {
    const windowMs = this.#widened();
    const lanes = Math.max(1, Math.min(paceDefaults.lanes, Math.floor(windowMs / paceDefaults.laneMs)));
    return { everyMs: windowMs / lanes, lanes };
  }

  /** These are about to be written. */
  writes(entries: readonly { readonly channel: string }[]): void {
    for (const { channel } of entries) this.#entriesOf.set(channel, (this.#entriesOf.get(channel) ?? 0) + 1);
  }

  /** In ms; 0 on a quiet server. It grows until the event loop has some time left, and a burst is over before it has grown. */
  #widened(): number {
    const { busy, learnMs, overAtMostMs, widening } = paceDefaults;
    const { busyMs, idleMs } = this.#load();
    this.#learningMs += busyMs + idleMs;
    if (this.#learningMs >= learnMs) this.#learn();
    const overMs = Math.min(overAtMostMs, busyMs - busy * (busyMs + idleMs));
    const wanted = this.#windowMs + widening * overMs;
    this.#windowMs = Math.min(this.#widestMs, Math.max(0, wanted));
    return this.#windowMs;
  }

  /** What a window costs is time, for everybody; what it saves are frames, where a channel has several entries within it. */
  #learn(): void {
    const { learnMs, narrowMs, saving, windowMs } = paceDefaults;
    const windows = this.#learningMs / windowMs;
    let [entries, frames] = [0, 0];
    for (const count of this.#entriesOf.values()) {
      entries += count;
      frames += Math.min(count, windows);
    }
    // Over a pause it would look as if hardly anything were written.
    if (entries > 0 && this.#learningMs < 2 * learnMs) {
      const saved = 1 - frames / entries;
      this.#widestMs = narrowMs + (windowMs - narrowMs) * Math.min(1, saved / saving);
    }
    this.#entriesOf = new Map();
    this.#learningMs = 0;
  }

  /** Whether one more would wait too long behind so many, the first of which has waited so long. */
  isLate(waiting: number, oldestMs: number): boolean {
    if (waiting < paceDefaults.fewEntries) return false;
    if (oldestMs > paceDefaults.waitMs) return true;
    return waiting >= Math.max(paceDefaults.entries, this.#perMs * paceDefaults.waitMs);
  }

  /**
   * Whether one more is refused before all must be, by chance: whoever is refused goes silent for a while, and if all were
   * refused in the same moment, all would be silent together, and come back together.
   */
  sheds(waiting: number, oldestMs: number): boolean {
    const { fewEntries, refuseFromMs, waitMs } = paceDefaults;
    if (waiting < fewEntries || oldestMs <= refuseFromMs) return false;
    return this.#chance() < ((oldestMs - refuseFromMs) / (waitMs - refuseFromMs)) ** 2;
  }

  /** So many entries took so long, while others waited. */
  wrote(entries: number, tookMs: number): void {
    const perMs = entries / Math.max(tookMs, 0.1);
    this.#perMs = this.#perMs === 0 ? perMs : this.#perMs * 0.8 + perMs * 0.2;
  }
}

function eventLoopLoad(): Load {
  let mark = performance.eventLoopUtilization();
  return () => {
    const present = performance.eventLoopUtilization();
    const { active, idle } = performance.eventLoopUtilization(present, mark);
    mark = present;
    return { busyMs: active, idleMs: idle };
  };
}
