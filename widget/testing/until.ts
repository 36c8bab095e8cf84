import type { Readable } from '../client/cell.ts';

/** Resolves with the first value, the present one included, that the test accepts. */
export function until<T>(readable: Readable<T>, accepts: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    if (accepts(readable.value)) {
      resolve(readable.value);
      return;
    }
    const end = readable.subscribe((value) => {
      if (!accepts(value)) return;
      end();
      resolve(value);
    });
  });
}

/** Resolves when the condition holds; looked at in every turn of the event loop. */
export async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve));
}
