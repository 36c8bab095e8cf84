import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { TestClient } from '../client.ts';
import { startCluster } from '../cluster.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

const cluster = await withService(() => startCluster({ instances: 2 }));
afterAll(() => cluster?.stop());

describe.skipIf(cluster === undefined)('R3: a key sent again', () => {
  const { instances = [] } = cluster ?? {};
  const clients: TestClient[] = [];
  const enter = async (user: string, at: number, ...channels: string[]) => {
    const jwt = token({ sub: user, meetings: ['standup', 'retro'] });
    const client = await new TestClient(instances[at]?.url ?? '', jwt).connected();
    clients.push(client);
    for (const channel of channels) await client.command('join', { channel, since: 0 });
    return client;
  };
  let alice: TestClient;
  let aliceElsewhere: TestClient;
  let bob: TestClient;
  beforeAll(async () => {
    alice = await enter('alice', 0, 'standup', 'retro');
    aliceElsewhere = await enter('alice', 1, 'standup', 'retro');
    bob = await enter('bob', 1, 'standup', 'retro');
  });
  afterAll(() => {
    for (const client of clients) client.close();
  });

  const send = (client: TestClient, key: string, text: string, channel = 'standup') =>
    client.command('send', { channel, key, text });
  const withKey = async (key: string, channel = 'standup') =>
    (await bob.log(channel)).filter((entry: Entry) => entry.type === 'message' && entry.key === key);

  test('with the same text gets the same answer, and is one message', async () => {
    const first = await send(alice, 'same', 'hello');
    expect(await send(alice, 'same', 'hello')).toEqual(first);
    expect(await send(aliceElsewhere, 'same', 'hello')).toEqual(first);
    expect(await withKey('same')).toHaveLength(1);
  });

  test('with another text gets the first answer, and the first text stays', async () => {
    const first = await send(alice, 'other', 'hello');
    expect(await send(aliceElsewhere, 'other', 'goodbye')).toEqual(first);
    expect(await withKey('other')).toMatchObject([{ text: 'hello', seq: first.seq }]);
  });

  test('many times at the same moment, on one instance and on two, gets one answer', async () => {
    for (let round = 0; round < 20; round += 1) {
      const key = `moment-${round}`;
      const senders = [alice, alice, aliceElsewhere, aliceElsewhere];
      const answers = await Promise.all(senders.map((client, i) => send(client, key, `hello ${i}`)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await withKey(key)).toHaveLength(1);
    }
  });

  test('reaches nobody twice, who keeps to seq', async () => {
    const seen: number[] = [];
    bob.socket.on(
      'entries',
      ({ channel, entries }) => channel === 'retro' && seen.push(...entries.map(({ seq }) => seq)),
    );
    await send(alice, 'once', 'hello', 'retro');
    await send(alice, 'once', 'hello', 'retro');
    const { seq } = await send(aliceElsewhere, 'last', 'goodbye', 'retro');
    await expect.poll(() => seen.at(-1)).toBe(seq);
    expect(seen).toEqual([seq - 1, seq]);
  });

  test('of another sender, or in another channel, is another message', async () => {
    const mine = await send(alice, 'mine', 'hello');
    const theirs = await send(bob, 'mine', 'hello');
    const elsewhere = await send(alice, 'mine', 'hello', 'retro');
    expect(new Set([mine.id, theirs.id, elsewhere.id]).size).toBe(3);
    expect(await withKey('mine')).toHaveLength(2);
    expect(await withKey('mine', 'retro')).toHaveLength(1);
  });

  test('after the instance was killed gets the same answer, on the next one and on the other', async () => {
    const first = await send(alice, 'killed', 'hello');
    const reconnected = new Promise((resolve) => alice.socket.once('connect', () => resolve(undefined)));
    await instances[0]?.kill();
    expect(await send(aliceElsewhere, 'killed', 'hello')).toEqual(first);
    if (instances[0]) instances[0] = await instances[0].again();
    await reconnected;
    expect(await send(alice, 'killed', 'hello')).toEqual(first);
    expect(await withKey('killed')).toHaveLength(1);
  });
});
