import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import type { Bus, BusMessage, Topic } from './bus.ts';

export type Heard = { topic: Topic; message: BusMessage };

/** A started bus with what it heard so far. */
export type Listener = { bus: Bus; heard: Heard[]; restored: number };

export async function listen(bus: Bus): Promise<Listener> {
  const listener: Listener = { bus, heard: [], restored: 0 };
  await bus.start({
    receive: (topic, message) => listener.heard.push({ topic, message }),
    restored: () => {
      listener.restored += 1;
    },
  });
  return listener;
}

/** Of a channel that no other test uses. */
export function anyTopic(): `channel:${string}` {
  return `channel:${randomUUID()}`;
}

export function entries(channel: string, first: number, count = 1, text = 'hello'): BusMessage & { kind: 'entries' } {
  const entry = (_: unknown, i: number): Entry => {
    return {
      seq: first + i,
      type: 'message',
      id: `${first + i}`,
      sender: { id: 'alice', name: 'Alice' },
      text,
      sentAt: 1,
    };
  };
  return { kind: 'entries', channel, entries: Array.from({ length: count }, entry) };
}

/**
 * What every bus promises. `open` gives another instance's bus at each call; where there is no way between instances,
 * `connected` is false.
 */
export function busSuite(name: string, open: () => Bus, { connected }: { connected: boolean }): void {
  describe(name, () => {
    const open_: Listener[] = [];
    const join = async (...topics: Topic[]): Promise<Listener> => {
      const listener = await listen(open());
      open_.push(listener);
      for (const topic of topics) await listener.bus.subscribe(topic);
      return listener;
    };
    afterEach(async () => {
      await Promise.all(open_.splice(0).map(({ bus }) => bus.close()));
    });

    aloneRules(join);
    if (connected) togetherRules(join);
  });
}

type Join = (...topics: Topic[]) => Promise<Listener>;

function aloneRules(join: Join): void {
  it('is up once it has started', async () => {
    const alice = await join();
    expect(alice.bus.up).toBe(true);
    expect(alice.restored).toBe(0);
  });

  it('publishing never throws: without a subscriber, after an unsubscribe, after the close', async () => {
    const topic = anyTopic();
    const alice = await join();
    alice.bus.publish(topic, entries('standup', 1));
    await alice.bus.subscribe(topic);
    alice.bus.unsubscribe(topic);
    alice.bus.publish(topic, entries('standup', 2));
    await alice.bus.close();
    alice.bus.publish(topic, entries('standup', 3));
    expect(alice.heard).toEqual([]);
  });

  it('closing, subscribing and unsubscribing may be repeated', async () => {
    const topic = anyTopic();
    const alice = await join(topic, topic);
    alice.bus.unsubscribe(topic);
    alice.bus.unsubscribe(topic);
    await alice.bus.close();
    await alice.bus.close();
    await alice.bus.subscribe(topic);
  });
}

function togetherRules(join: Join): void {
  it('what alice publishes reaches bob in the order published', async () => {
    const topic = anyTopic();
    const [alice, bob] = [await join(), await join(topic)];
    const sent = Array.from({ length: 500 }, (_, i) => entries('standup', i + 1));
    for (const message of sent) alice.bus.publish(topic, message);
    await vi.waitFor(() => expect(bob.heard).toHaveLength(500), patience);
    expect(bob.heard).toEqual(sent.map((message) => ({ topic, message })));
  });

  it('every kind of message arrives as it was published', async () => {
    const topic: Topic = `user:${randomUUID()}`;
    const [alice, bob] = [await join(), await join(topic)];
    for (const message of everyKind) alice.bus.publish(topic, message);
    await vi.waitFor(() => expect(bob.heard).toHaveLength(everyKind.length), patience);
    expect(bob.heard.map(({ message }) => message)).toEqual(everyKind);
  });

  it('an instance does not hear itself', async () => {
    const topic = anyTopic();
    const [alice, bob] = [await join(topic), await join(topic)];
    alice.bus.publish(topic, entries('standup', 1));
    await vi.waitFor(() => expect(bob.heard).toHaveLength(1), patience);
    bob.bus.publish(topic, entries('standup', 2));
    await vi.waitFor(() => expect(alice.heard).not.toEqual([]), patience);
    expect(alice.heard).toEqual([{ topic, message: entries('standup', 2) }]);
  });

  it('only the topics that are subscribed are heard, each message once', async () => {
    const [standup, lunch, marker] = [anyTopic(), anyTopic(), anyTopic()];
    const [alice, bob] = [await join(), await join(standup, standup, lunch, marker)];
    bob.bus.unsubscribe(lunch);
    alice.bus.publish(lunch, entries('lunch', 1));
    alice.bus.publish(standup, entries('standup', 1));
    alice.bus.publish(marker, entries('marker', 1));
    await vi.waitFor(() => expect(bob.heard.at(-1)?.topic).toBe(marker), patience);
    expect(bob.heard.map(({ topic }) => topic)).toEqual([standup, marker]);
  });

  it('a topic that was left can be subscribed again', async () => {
    const topic = anyTopic();
    const [alice, bob] = [await join(), await join(topic)];
    bob.bus.unsubscribe(topic);
    await bob.bus.subscribe(topic);
    alice.bus.publish(topic, entries('standup', 1));
    await vi.waitFor(() => expect(bob.heard).toHaveLength(1), patience);
  });

  it('entries of more than 256 kB are told as the head that they lead to', async () => {
    const topic = anyTopic();
    const [alice, bob] = [await join(), await join(topic)];
    alice.bus.publish(topic, entries('standup', 1, 40, '漢'.repeat(3_000)));
    await vi.waitFor(() => expect(bob.heard).toHaveLength(1), patience);
    expect(bob.heard[0]?.message).toEqual({ kind: 'head', channel: 'standup', head: 40 });
  });
}

/** For what comes at once, on a machine that has other things to do. */
export const patience = { timeout: 20_000, interval: 5 };

const everyKind: BusMessage[] = [
  entries('standup', 1, 3, 'naïve “quotes”\n\u2028 😀'),
  { kind: 'head', channel: 'standup', head: 7 },
  { kind: 'event', name: 'receipts', payload: { channel: 'standup', receipts: { bob: { delivered: 3, read: 2 } } } },
  {
    kind: 'event',
    name: 'presence',
    payload: { channel: 'standup', members: { bob: { state: 'offline', lastSeen: 5 } } },
  },
  { kind: 'event', name: 'typing', payload: { channel: 'standup', user: 'bob', on: true } },
  {
    kind: 'event',
    name: 'channel',
    payload: {
      channel: { id: 'standup', kind: 'meeting', title: '', settings: { state: 'open', directMessages: true } },
    },
  },
  { kind: 'event', name: 'refused', payload: { channel: 'standup', key: 'a' } },
  { kind: 'access', channel: 'standup', user: 'bob' },
  { kind: 'removed', channel: 'standup', user: 'bob' },
  { kind: 'deleted', channel: 'standup' },
  { kind: 'held', channel: 'standup' },
  { kind: 'blocks', user: 'bob' },
  { kind: 'invited', channel: 'standup', since: 0 },
];
