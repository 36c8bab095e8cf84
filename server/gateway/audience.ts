import type { Parts } from '../commands/command.ts';
import type { Metrics } from '../metrics.ts';
import { Blocks } from './blocks.ts';
import { Delivery } from './delivery.ts';
import type { Encoded } from './frame.ts';
import { HeldNews } from './held-news.ts';
import { Invitations } from './invitations.ts';
import { Membership } from './membership.ts';
import { Revalidation } from './revalidation.ts';
import { channelOf, roomOf, type Session } from './session.ts';
import { Sessions } from './sessions.ts';

/** The groups of connections, as Socket.IO's adapter keeps them. */
export interface Rooms {
  readonly rooms: ReadonlyMap<string, ReadonlySet<string>>;
  on(event: 'delete-room', listener: (room: string) => void): unknown;
}

export type AudienceOptions = {
  rooms: Rooms;
  parts: Parts;
  metrics: Metrics;
  write: (session: Session, event: Encoded) => void;
  /** Says goodbye and closes. */
  dismiss: (session: Session) => void;
};

/** The local connections: who they are, what they have joined, and the ways by which something reaches them. */
export class Audience {
  readonly sessions: Sessions;
  readonly blocks: Blocks;
  readonly delivery: Delivery;
  readonly membership: Membership;
  readonly heldNews: HeldNews;
  readonly revalidation: Revalidation;

  constructor({ rooms, parts, metrics, write, dismiss }: AudienceOptions) {
    const joined = (channel: string) => rooms.rooms.get(roomOf(channel)) ?? nobody;
    const isOpen = (channel: string) => rooms.rooms.has(roomOf(channel));
    const open = () => [...rooms.rooms.keys()].map(channelOf).filter((channel) => channel !== undefined);
    // The last joined connection of a channel is gone, by leaving or by disconnecting.
    rooms.on('delete-room', (room) => {
      const channel = channelOf(room);
      if (channel === undefined) return;
      parts.feeds.close(channel);
      parts.people.forget(channel);
    });
    const sessions = new Sessions(parts.bus);
    const blocks = new Blocks((user) => parts.storage.users.blockedBy(user));
    const invitations = new Invitations({ ...parts, isOpen, write });
    const membership = new Membership({ ...parts, sessions, blocks, invitations, joined, dismiss });
    this.sessions = sessions;
    this.blocks = blocks;
    this.delivery = new Delivery({ sessions, blocks, joined, metrics, write });
    this.membership = membership;
    this.heldNews = new HeldNews({ ...parts, membership, open });
    this.revalidation = new Revalidation({
      ...parts,
      sessions,
      open,
      membership,
      tell: (channel) => this.delivery.tell(channel.id, { name: 'channel', payload: { channel } }),
    });
  }
}

const nobody: ReadonlySet<string> = new Set();
