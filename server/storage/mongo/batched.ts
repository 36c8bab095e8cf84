/** Where each key asks for several things: more would keep one connection to the database busy for long. */
export const askedAtOnce = 32;

type Batch<Key, Value> = { keys: Key[]; answer: Promise<(key: Key) => Value> };

/**
 * One question to the database for all that ask in the same turn of the event loop: a thousand clients who come back at once
 * ask for the same kinds of things, and a question costs the driver more than what is asked. Each gets what was read after
 * they asked. `load` answers how to find what belongs to a key; it is given so many at the most.
 */
export function batched<Key, Value>(
  load: (keys: readonly Key[]) => Promise<(key: Key) => Value>,
  keysAtMost = 200,
): (key: Key) => Promise<Value> {
  let open: Batch<Key, Value> | undefined;

  function begin(): Batch<Key, Value> {
    const keys: Key[] = [];
    const turn = new Promise((over) => setImmediate(over));
    const answer = turn.then(() => {
      if (open?.keys === keys) open = undefined;
      return load(keys);
    });
    return { keys, answer };
  }

  return (key) => {
    if (open === undefined || open.keys.length >= keysAtMost) open = begin();
    open.keys.push(key);
    return open.answer.then((find) => find(key));
  };
}

/** Of these names, those that something was found for, with it. */
export function foundOf<Value>(
  names: readonly string[],
  find: (name: string) => Value | undefined,
): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const name of names) {
    const value = find(name);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}
