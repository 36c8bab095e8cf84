import type { BusHandlers, BusMessage, Topic } from '../bus/bus.ts';
import type { Profiles } from '../channels/profiles.ts';
import type { Committer } from '../log/committer.ts';
import type { PresenceFanOut } from '../presence/fan-out.ts';
import type { ReceiptWriter } from '../receipts/receipt-writer.ts';
import type { Feeds } from './feeds.ts';
import type { Gateway } from './gateway.ts';

export type ReceivingParts = {
  gateway: Gateway;
  feeds: Feeds;
  committer: Committer;
  people: PresenceFanOut;
  receipts: ReceiptWriter;
  profiles: Profiles;
};

/** What this instance does with what the others tell it. */
export function receiveFrom(parts: ReceivingParts): BusHandlers {
  const { gateway, feeds, committer } = parts;
  return {
    receive(topic, message) {
      switch (message.kind) {
        case 'entries':
          committer.saw(message.channel, message.entries.at(-1)?.seq ?? 0);
          feeds.offer(message.channel, message.entries);
          break;
        case 'head':
          committer.saw(message.channel, message.head);
          feeds.reach(message.channel, message.head);
          break;
        case 'event':
          hear(parts, topic, message);
          break;
        case 'access':
          gateway.membership.rightsChanged(message.user);
          break;
        case 'removed':
          parts.profiles.forget(message.user);
          parts.receipts.forget(message.channel, message.user);
          gateway.membership.removed(message.channel, message.user);
          break;
        case 'deleted':
          gateway.membership.deleted(message.channel);
          break;
        case 'held':
          void gateway.heldNews.tell(message.channel);
          break;
        case 'blocks':
          gateway.membership.blocksChanged(message.user);
          break;
        case 'invited': {
          const user = userOf(topic);
          if (user !== undefined) gateway.membership.invited(user, message.channel, message.since);
          break;
        }
      }
    },
    lost() {
      // Now, and not with the next look at it: rights and invitations have five seconds, and some are over.
      void gateway.revalidation.run(true);
    },
    restored() {
      // Anything may have been missed: entries are found by seq, the rest by asking again.
      void feeds.sweep();
      void gateway.revalidation.run(true);
      void gateway.heldNews.tellAll();
    },
  };
}

function hear(
  { gateway, people, receipts }: ReceivingParts,
  topic: Topic,
  event: BusMessage & { kind: 'event' },
): void {
  switch (event.name) {
    case 'presence':
      people.heard(event.payload);
      break;
    case 'channel':
      gateway.membership.channelChanged(event.payload.channel.id);
      gateway.tell(event.payload.channel.id, event);
      break;
    case 'receipts': {
      const user = userOf(topic);
      receipts.heard(event.payload.channel, event.payload.receipts);
      if (user === undefined) gateway.tell(event.payload.channel, event);
      else gateway.membership.tellUser(user, event);
      break;
    }
    case 'refused': {
      const user = userOf(topic);
      if (user !== undefined) gateway.membership.tellUser(user, event);
      break;
    }
    case 'typing':
      gateway.tell(event.payload.channel, event);
      break;
  }
}

function userOf(topic: Topic): string | undefined {
  return topic.startsWith('user:') ? topic.slice('user:'.length) : undefined;
}
