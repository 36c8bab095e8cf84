import { dialects } from './dialects.ts';
import { Histogram } from './histogram.ts';
import { Member, type MemberHandlers } from './member.ts';
import type { LoadSpec } from './spec.ts';
import type { Tally } from './tally.ts';

/** Where the members' news goes: another tally for each attempt. */
export type Counting = { tally: Tally };

const connectingAtOnce = 100;
/** One address has some 28,000 ports for its connections to one server; and ends of earlier runs still hold some. */
const connectionsPerAddress = 5_000;

export type Crowd = {
  readonly members: readonly Member[];
  /** Connections that ended since all were up. */
  readonly dropped: number;
  readonly connect: Histogram;
  readonly connectedAfterMs: number;
  close(): void;
};

/** All members of all channels, connected and joined. Member m of channel c is the (m · channels + c)-th. */
export async function gather(spec: LoadSpec, counting: Counting): Promise<Crowd> {
  const members: Member[] = [];
  const connect = new Histogram();
  const startedAt = performance.now();
  const total = spec.channels * spec.members;
  let dropped = 0;
  let closing = false;
  let next = 0;

  const one = (index: number) =>
    new Promise<void>((resolve) => {
      const from = performance.now();
      let isUp = false;
      const attempt = () => {
        members[index] = memberOf(spec, counting, index, {
          ready() {
            isUp = true;
            connect.record(performance.now() - from);
            resolve();
          },
          closed() {
            if (closing) return;
            if (isUp) dropped += 1;
            // As every client does that a busy server did not let in.
            else setTimeout(attempt, 200 + Math.random() * 800);
          },
        });
      };
      attempt();
    });
  const worker = async () => {
    while (next < total) {
      const index = next;
      next += 1;
      await one(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(spec.connectAtOnce ?? connectingAtOnce, total) }, worker));
  return {
    members,
    connect,
    connectedAfterMs: Math.round(performance.now() - startedAt),
    get dropped() {
      return dropped;
    },
    close() {
      closing = true;
      for (const member of members) member.close();
    },
  };
}

function memberOf(
  spec: LoadSpec,
  counting: Counting,
  index: number,
  handlers: Pick<MemberHandlers, 'ready' | 'closed'>,
): Member {
  return new Member({
    url: spec.urls[index % spec.urls.length] ?? '',
    channel: `${spec.name}-${index % spec.channels}`,
    user: `u${index}`,
    dialect: dialects[spec.dialect],
    localAddress: `127.0.0.${2 + Math.floor(index / connectionsPerAddress)}`,
    handlers: {
      ...handlers,
      delivered: (message) => counting.tally.delivered(message, performance.now()),
      frame: (messages) => counting.tally.frame(messages),
      answered: (id, refusal) => counting.tally.answered(id - 1, refusal, performance.now()),
    },
  });
}
