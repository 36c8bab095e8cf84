import type { Channel, Receipts } from '../../protocol/entities.ts';
import type { EventOf } from '../../protocol/events.ts';
import type { Bus } from '../bus/bus.ts';
import type { ChannelEvent } from '../channels/hiding.ts';
import type { HeldNews } from './held-news.ts';
import type { Membership, UserEvent } from './membership.ts';
import type { Session } from './session.ts';

/** What a gateway does for its own connections. */
export interface LocalEnd {
  readonly membership: Membership;
  readonly heldNews: HeldNews;
  /** To all of the joined, but not to the one whom it comes from. */
  tell(channel: string, event: ChannelEvent, from?: Session): void;
}

/**
 * What is durable now, told to whom it concerns: to the connections here and, over the bus, to those of the other
 * instances. What the bus loses, each instance finds by asking the store again.
 */
export class Live {
  readonly #bus: Bus;
  readonly #local: () => LocalEnd;

  constructor(bus: Bus, local: () => LocalEnd) {
    this.#bus = bus;
    this.#local = local;
  }

  /** The user's connections that have not joined the channel join it, and get what is in it after `since`. */
  invite(user: string, channel: string, since: number): void {
    this.#local().membership.invited(user, channel, since);
    this.#bus.publish(`user:${user}`, { kind: 'invited', channel, since });
  }

  /** What the user may do in the channel has changed. */
  rights(channel: string, user: string): void {
    this.#local().membership.rightsChanged(user);
    this.#bus.publish(`user:${user}`, { kind: 'access', channel, user });
  }

  /** The user is no member any more: their connections leave the channel now. */
  removed(channel: string, user: string): void {
    this.#local().membership.removed(channel, user);
    this.#bus.publish(`user:${user}`, { kind: 'removed', channel, user });
  }

  /** The channel is no more: everybody leaves it now. */
  deleted(channel: string): void {
    this.#local().membership.deleted(channel);
    this.#bus.publish(`channel:${channel}`, { kind: 'deleted', channel });
  }

  changed(channel: Channel): void {
    this.#local().membership.channelChanged(channel.id);
    this.#tell(channel.id, { name: 'channel', payload: { channel } });
  }

  /** More or fewer messages wait for the channel's organizers than before, or for one organizer more. */
  held(channel: string): void {
    void this.#local().heldNews.tell(channel);
    this.#bus.publish(`channel:${channel}`, { kind: 'held', channel });
  }

  /** Whom the user has blocked. */
  blocks(user: string): void {
    this.#local().membership.blocksChanged(user);
    this.#bus.publish(`user:${user}`, { kind: 'blocks', user });
  }

  receipts(event: EventOf<'receipts'>): void {
    this.#tell(event.channel, { name: 'receipts', payload: event });
  }

  /** One's own watermarks, for one's other connections only. */
  ownReceipts(user: string, channel: string, receipts: Receipts): void {
    this.#tellUser(user, { name: 'receipts', payload: { channel, receipts } });
  }

  /** A message of theirs, which waited for an organizer. */
  refused(user: string, channel: string, key: string): void {
    this.#tellUser(user, { name: 'refused', payload: { channel, key } });
  }

  typing(event: EventOf<'typing'>, from: Session): void {
    this.#tell(event.channel, { name: 'typing', payload: event }, from);
  }

  #tellUser(user: string, event: UserEvent): void {
    this.#local().membership.tellUser(user, event);
    this.#bus.publish(`user:${user}`, { kind: 'event', ...event });
  }

  #tell(channel: string, event: ChannelEvent, from?: Session): void {
    this.#local().tell(channel, event, from);
    this.#bus.publish(`channel:${channel}`, { kind: 'event', ...event });
  }
}
