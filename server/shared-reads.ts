type Turn<Value> = { running: Promise<Value>; next: Promise<Value> | undefined };

/**
 * One read for all who ask for the same thing at the same time. Whoever asks gets what was read after they asked, never what
 * was already on its way: so it misses nothing that happened before.
 */
export class SharedReads<Value> {
  readonly #turns = new Map<string, Turn<Value>>();

  /** The same name means the same read. */
  read(name: string, load: () => Promise<Value>): Promise<Value> {
    const turn = this.#turns.get(name);
    if (turn === undefined) return this.#start(name, load);
    const start = () => this.#start(name, load);
    turn.next ??= turn.running.then(start, start);
    return turn.next;
  }

  #start(name: string, load: () => Promise<Value>): Promise<Value> {
    const turn: Turn<Value> = { running: load(), next: undefined };
    this.#turns.set(name, turn);
    const over = () => {
      if (turn.next === undefined) this.#turns.delete(name);
    };
    turn.running.then(over, over);
    return turn.running;
  }
}
