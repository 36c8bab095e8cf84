import type { BusMessage, Topic } from './bus.ts';

/**
 * What the other instances did not get to hear and must learn when the bus is back, sooner than they would find out by
 * themselves: up to which seq there are entries, whose rights changed, who was invited or removed. Typing, presence and receipts are
 * out of date by then. Bounded: the oldest go first, and are found by seq.
 */
export class Unsent {
  readonly #max: number;
  readonly #messages = new Map<string, { topic: Topic; message: BusMessage }>();

  constructor(max = 10_000) {
    this.#max = max;
  }

  keep(topic: Topic, message: BusMessage): void {
    const short = shorten(message);
    if (short === undefined) return;
    const { kind, channel = '', user = '' }: { kind: string; channel?: string; user?: string } = short;
    const name = `${topic} ${kind} ${channel} ${user}`;
    const before = this.#messages.get(name)?.message;
    // To the end: who was invited and then removed must not hear it the other way round.
    this.#messages.delete(name);
    this.#messages.set(name, { topic, message: merge(before, short) });
    if (this.#messages.size <= this.#max) return;
    const [oldest] = this.#messages.keys();
    if (oldest !== undefined) this.#messages.delete(oldest);
  }

  /** Hands them over. */
  take(): { topic: Topic; message: BusMessage }[] {
    const messages = [...this.#messages.values()];
    this.#messages.clear();
    return messages;
  }
}

type Lasting = Exclude<BusMessage, { kind: 'entries' } | { kind: 'event' }>;

function shorten(message: BusMessage): Lasting | undefined {
  switch (message.kind) {
    case 'entries': {
      const last = message.entries.at(-1);
      return last && { kind: 'head', channel: message.channel, head: last.seq };
    }
    case 'event':
      return undefined;
    default:
      return message;
  }
}

/** Failures come back out of order, so the highest head and the earliest invitation win. */
function merge(before: BusMessage | undefined, after: Lasting): Lasting {
  if (before?.kind === 'head' && after.kind === 'head') return before.head > after.head ? before : after;
  if (before?.kind === 'invited' && after.kind === 'invited') return before.since < after.since ? before : after;
  return after;
}
