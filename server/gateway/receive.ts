import type { BusHandlers } from '../bus/bus.ts';
import type { Committer } from '../log/committer.ts';
import type { PresenceFanOut } from '../presence/fan-out.ts';
import type { Feeds } from './feeds.ts';
import type { Gateway } from './gateway.ts';

/** What this instance does with what the others tell it. */
export function receiveFrom(parts: {
  gateway: Gateway;
  feeds: Feeds;
  committer: Committer;
  people: PresenceFanOut;
}): BusHandlers {
  const { gateway, feeds, committer, people } = parts;
  return {
    receive(_topic, message) {
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
          if (message.name === 'presence') {
            people.heard(message.payload);
            break;
          }
          if (message.name === 'channel') gateway.forgetGrants({ channel: message.payload.channel.id });
          gateway.tell(
            message.name === 'channel' ? message.payload.channel.id : message.payload.channel,
            message.name,
            message.payload,
          );
          break;
        case 'access':
          gateway.forgetGrants({ channel: message.channel, user: message.user });
          break;
        case 'invited':
          break;
      }
    },
    restored() {
      // Anything may have been missed: entries are found by seq, rights by asking again.
      gateway.forgetGrants();
      void feeds.sweep();
    },
  };
}
