import type { Entry } from '../../protocol/entities.ts';
import { type ChannelEvent, entriesFor, eventFor, hasPartOf, usersIn } from '../channels/hiding.ts';
import type { Metrics } from '../metrics.ts';
import type { Blocks } from './blocks.ts';
import { type Encoded, encodeEvent } from './frame.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

export type DeliveryOptions = {
  sessions: Sessions;
  blocks: Blocks;
  /** The ids of the local connections that have joined. */
  joined: (channel: string) => Iterable<string> & { readonly size: number };
  metrics: Metrics;
  write: (session: Session, event: Encoded) => void;
};

/** To the local connections that have joined a channel. What all may see is encoded once, however many they are. */
export class Delivery {
  readonly #options: DeliveryOptions;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  deliver(channel: string, entries: Entry[]): void {
    const { blocks, joined, metrics, sessions, write } = this.#options;
    const members = joined(channel);
    if (members.size === 0) return;
    metrics.delivered.inc(entries.length * members.size);
    const forAll = encodeEvent('entries', { channel, entries });
    const isBlocked = entries.some((entry) => hasPartOf(blocks, entry));
    for (const id of members) {
      const session = sessions.get(id);
      if (session === undefined) continue;
      const hidden = isBlocked ? blocks.known(session) : undefined;
      const seen =
        hidden !== undefined && entries.some((entry) => hasPartOf(hidden, entry))
          ? encodeEvent('entries', { channel, entries: entriesFor(hidden, entries) })
          : forAll;
      write(session, seen);
    }
  }

  /** To all of the joined, but not to the one whom it comes from. */
  tell(channel: string, event: ChannelEvent, from?: Session): void {
    const { blocks, joined, sessions, write } = this.#options;
    const members = joined(channel);
    if (members.size === 0) return;
    const forAll = encodeEvent(event.name, event.payload);
    const isBlocked = usersIn(event).some((user) => blocks.has(user));
    for (const id of members) {
      const session = sessions.get(id);
      if (session === undefined || session === from) continue;
      // A reader who is behind already is spared what is soon out of date. Presence is not: nobody tells it again.
      if (event.name === 'typing' && !session.socket.conn.transport.writable) continue;
      const seen = isBlocked ? eventFor(blocks.known(session), event) : event;
      if (seen === undefined) continue;
      write(session, seen === event ? forAll : encodeEvent(seen.name, seen.payload));
    }
  }
}
