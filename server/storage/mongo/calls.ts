import { StoreAway, seenFromOutside } from '../store-away.ts';
import { isMongoOutage } from './outage.ts';

type Method = (...args: unknown[]) => Promise<unknown>;

/** Keeps the time of a store's calls, knows which are under way, and tells an outage from a mistake. */
export function callsWithin(limitMs: number) {
  // Counted, not kept: a long-lived Set that much comes to and goes from leaves outgrown tables behind, each of which holds
  // what was in it and leads to the next, so that every answer would grow old before it is collected.
  let underWay = 0;
  let wake: (() => void)[] = [];

  function note<Result>(call: Promise<Result>): Promise<Result> {
    const over = () => {
      underWay -= 1;
      if (underWay > 0) return;
      for (const settled of wake) settled();
      wake = [];
    };
    underWay += 1;
    call.then(over, over);
    return call;
  }

  function bound<Result>(call: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const late = () => reject(new StoreAway(`the database did not answer within ${limitMs} ms`));
      const timer = setTimeout(late, limitMs);
      call.then(resolve, (error: unknown) => reject(told(error))).finally(() => clearTimeout(timer));
    });
  }

  return {
    note,
    /** A call that takes as long as what it goes through. */
    unbounded<Result>(call: Promise<Result>): Promise<Result> {
      return note(call).catch((error: unknown) => {
        throw told(error);
      });
    },
    /**
     * The same store, whose calls reject after `limitMs`. The driver's own limits, one for each step of a call, end what
     * is left of it soon after.
     */
    bounded<Store extends object>(store: Store): Store {
      const methods: [string, Method][] = Object.entries(store);
      return Object.fromEntries(
        methods.map(([name, method]) => [name, (...args: unknown[]) => bound(note(method(...args)))]),
      ) as Store;
    },
    /** Resolves when nothing is under way any more. */
    async settled(): Promise<void> {
      while (underWay > 0) await new Promise<void>((settled) => wake.push(settled));
    },
  };
}

function told(error: unknown): unknown {
  return seenFromOutside(error, isMongoOutage);
}
