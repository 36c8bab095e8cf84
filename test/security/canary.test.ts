import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { RawWebSocket } from '../fuzz/raw-websocket.ts';
import { type Instance, startInstance } from '../instance.ts';
import { startMongod } from '../services/mongod.ts';
import { withService } from '../services/process.ts';
import { token } from '../tokens.ts';

/** Stands in every text, title and name of what is watched, and nowhere else. */
const marker = `canary-${randomUUID()}`;
const room = 'guarded';
const now = Math.floor(Date.now() / 1_000);

type Stranger = { name: string; token?: string };
const strangers: readonly Stranger[] = [
  { name: 'nobody' },
  { name: 'an outsider', token: token({ sub: 'outsider' }) },
  { name: 'a member of another meeting', token: token({ sub: 'neighbour', meetings: ['elsewhere'] }) },
  {
    name: 'an organizer of another meeting',
    token: token({ sub: 'other-organizer', meetings: { elsewhere: 'organizer' } }),
  },
  { name: 'a removed member', token: token({ sub: 'removed', meetings: [room] }) },
  { name: 'a blocked user', token: token({ sub: 'blocked' }) },
  { name: 'one whose token has expired', token: token({ sub: 'expired', meetings: [room], exp: now - 10 }) },
  {
    name: 'one with a token of another key',
    token: token({ sub: 'alice', meetings: [room] }, 'another-key-of-at-least-32-bytes-000'),
  },
  {
    name: 'one with an id that looks alike',
    token: token({ sub: 'Alice', meetings: ['GUARDED', 'guarded.', 'guarded '.trim().toUpperCase()] }),
  },
];

const mongo = await withService(startMongod);
const stores = [
  { name: 'embedded', url: undefined },
  ...(mongo === undefined ? [] : [{ name: 'MongoDB', url: mongo.url }]),
];
const instances: Instance[] = [];
const members: TestClient[] = [];
afterAll(async () => {
  for (const member of members) member.close();
  for (const server of instances) await server.remove();
  await mongo?.stop();
});

async function member(server: Instance, sub: string, meetings: { [id: string]: 'organizer' | 'participant' }) {
  const client = await new TestClient(server.url, token({ sub, name: `${marker} ${sub}`, meetings })).connected();
  members.push(client);
  return client;
}

const as = (bearer: string | undefined): { [name: string]: string } =>
  bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
async function http(server: Instance, method: string, path: string, bearer?: string, body?: unknown): Promise<string> {
  const answer = await fetch(new URL(path, server.url), {
    method,
    headers: { ...as(bearer), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

/** Every event that could bring something of a channel. */
function events(channel: string, seq: number): [string, object][] {
  return [
    ['join', { channel }],
    ['join', { channel, since: 0 }],
    ['join', { channel, passcode: 'guess' }],
    ['sync', { channel, since: 0 }],
    ['history', { channel }],
    ['history', { channel, around: seq }],
    ['search', { q: marker.slice(7, 15) }],
    ['search', { q: marker, channel }],
    ['search', { from: 'alice' }],
    ['search', { from: 'alice', channel }],
    ['send', { channel, key: randomUUID(), text: 'hello', replyTo: seq }],
    ['edit', { channel, seq, text: 'hello' }],
    ['delete', { channel, seq }],
    ['react', { channel, seq, emoji: 'x', on: true }],
    ['receipt', { channel, read: seq }],
    ['typing', { channel, on: true }],
    ['heartbeat', { heads: { [channel]: 0 } }],
    ['leave', { channel }],
    ['heartbeat', { heads: {} }],
  ];
}

function routes(channel: string, seq: number): [string, string, object?][] {
  const at = `channels/${encodeURIComponent(channel)}`;
  return [
    ['GET', 'channels'],
    ['GET', at],
    ['GET', `${at}/members`],
    ['GET', `${at}/messages`],
    ['GET', `${at}/messages?around=${seq}`],
    ['GET', `${at}/messages/${seq}/receipts`],
    ['GET', `${at}/held`],
    ['GET', `${at}/filter`],
    ['GET', `search?q=${marker}`],
    ['GET', `search?q=${marker}&channel=${channel}`],
    ['GET', 'search?from=alice'],
    ['GET', 'messages/alice'],
    ['GET', 'messages/bob'],
    ['GET', 'users/alice'],
    ['GET', 'audit'],
    ['POST', `${at}/join`, { passcode: 'guess' }],
    ['POST', `${at}/messages`, { text: 'hello', replyTo: seq }],
    ['POST', 'messages', { sender_ID: 'alice', receiver_ID: 'bob', type: 'text', text: 'hello' }],
    ['PATCH', at, { title: 'mine' }],
    ['PATCH', `${at}/messages/${seq}`, { text: 'hello' }],
    ['PUT', `${at}/members/outsider`, { role: 'organizer' }],
    ['DELETE', `${at}/messages/${seq}`],
    ['DELETE', `${at}/members/alice`],
    ['DELETE', at],
    ['DELETE', 'users/alice'],
    ['GET', 'metrics'],
    ['GET', 'health/ready'],
    ['GET', 'openapi.json'],
  ];
}

/** Everything that a stranger's connection ever got, byte by byte; they listen from before the first message. */
type Ears = { stranger: Stranger; socket: RawWebSocket; heard: string[] };

async function listening(server: Instance, stranger: Stranger): Promise<Ears> {
  const socket = await RawWebSocket.open(server.url);
  if (stranger.token !== undefined) {
    socket.say(`40${JSON.stringify({ token: stranger.token })}`);
    await socket.until(() => socket.messages.length > 1);
  }
  return { stranger, socket, heard: [] };
}

async function tryEverything(server: Instance, { stranger, socket, heard }: Ears, channels: readonly string[]) {
  let id = 0;
  for (const channel of channels) {
    for (const [name, payload] of events(channel, 1)) {
      id += 1;
      socket.say(`42${id}${JSON.stringify([name, payload])}`);
    }
    for (const [method, path, body] of routes(channel, 1))
      heard.push(await http(server, method, path, stranger.token, body));
  }
  // The last one answered, or the connection over: all before it was heard.
  await socket.until(() => socket.messages.some((message) => message.startsWith(`43${id}[`)));
}

for (const { name, url } of stores) {
  test(`line 4: no byte of a channel reaches whoever may not enter it (${name})`, async () => {
    const server = await startInstance(
      url === undefined ? {} : { env: { DATABASE_URL: url.replace('/?', '/canary?') } },
    );
    instances.push(server);
    const alice = await member(server, 'alice', { [room]: 'organizer' });
    await alice.command('join', { channel: room });
    // A member until an organizer says otherwise.
    const removed = await new TestClient(server.url, token({ sub: 'removed', meetings: [room] })).connected();
    members.push(removed);
    await removed.command('join', { channel: room });
    const organizer = token({ sub: 'alice', name: `${marker} alice`, meetings: { [room]: 'organizer' } });
    expect(await http(server, 'DELETE', `channels/${room}/members/removed`, organizer)).toMatch(/^20/);
    removed.close();
    expect(await http(server, 'PUT', 'users/me/blocked/blocked', organizer)).toMatch(/^20/);

    const ears = await Promise.all(strangers.map((stranger) => listening(server, stranger)));
    expect(await http(server, 'PATCH', `channels/${room}`, organizer, { title: marker })).toMatch(/^200/);
    for (let i = 0; i < 5; i += 1)
      await alice.command('send', { channel: room, key: `key-${i}`, text: `${marker} ${i}` });
    const direct = await http(server, 'POST', 'messages', organizer, {
      sender_ID: 'alice',
      receiver_ID: 'bob',
      type: 'text',
      text: marker,
    });
    expect(direct).toMatch(/^201/);
    const group = await http(server, 'POST', 'channels', organizer, { title: marker, passcode: 'a long passcode' });
    expect(group).toMatch(/^201/);
    const idIn = (answer: string, field: string) => String(JSON.parse(answer.slice(answer.indexOf(' {') + 1))[field]);
    const channels = [room, idIn(direct, 'channel'), idIn(group, 'id')];

    for (const each of ears) await tryEverything(server, each, channels);
    await alice.command('send', { channel: room, key: 'last', text: `${marker} last` });
    // Those who are left are answered once more, behind whatever the last message might have brought them.
    for (const { socket } of ears) {
      socket.say('42777["heartbeat",{"heads":{}}]');
      if (!socket.closed) await socket.until(() => socket.messages.some((message) => /^(43777|44)/.test(message)));
      await socket.close();
    }
    const reached = ears
      .filter(
        ({ socket, heard }) => socket.received.includes(marker) || heard.some((answer) => answer.includes(marker)),
      )
      .map(
        ({ stranger, heard }) => `${stranger.name}: ${heard.find((answer) => answer.includes(marker)) ?? 'by socket'}`,
      );
    expect(reached).toEqual([]);
    // And it was there to be heard.
    expect(JSON.stringify(await alice.log(room))).toContain(`${marker} last`);
  });
}
