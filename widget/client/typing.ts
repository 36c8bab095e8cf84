/** While one writes, the others are told this often. */
const repeatMs = 3_000;
/** Without a key for this long one has stopped. */
const pauseMs = 4_000;
/** Without news for this long another has stopped: the word that they did may get lost. */
const expiryMs = 7_000;

/** Tells the others that the user writes, at most every few seconds, and that they stopped. */
export class TypingSender {
  /** Returns whether it went out. */
  readonly #send: (on: boolean) => boolean;
  #toldAt: number | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (on: boolean) => boolean) {
    this.#send = send;
  }

  typed(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.stopped(), pauseMs);
    const now = Date.now();
    if (this.#toldAt !== undefined && now - this.#toldAt < repeatMs) return;
    this.#toldAt = this.#send(true) ? now : undefined;
  }

  stopped(): void {
    if (this.#toldAt !== undefined) this.#send(false);
    this.sent();
  }

  /** What was written is out, which tells the others enough. */
  sent(): void {
    clearTimeout(this.#pause);
    this.#toldAt = undefined;
  }
}

/** Who else writes just now. */
export class Typists {
  readonly #changed: (users: readonly string[]) => void;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(changed: (users: readonly string[]) => void) {
    this.#changed = changed;
  }

  heard(user: string, on: boolean): void {
    const known = this.#timers.get(user);
    if (known === undefined && !on) return;
    clearTimeout(known);
    if (on)
      this.#timers.set(
        user,
        setTimeout(() => this.heard(user, false), expiryMs),
      );
    else this.#timers.delete(user);
    if ((known === undefined) === on) this.#changed([...this.#timers.keys()]);
  }

  clear(): void {
    for (const user of [...this.#timers.keys()]) this.heard(user, false);
  }
}
