import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { figure } from '../figure.ts';
import { removeDir, tempDir } from '../services/process.ts';
import { listen, openSite, type Site, says } from './site.ts';

// A store that takes its time, or fails, so that something else happens meanwhile.
let data: string;
let site: Site;
/** What the next calls wait for before they do their work. */
let before: Record<'member' | 'people' | 'revisions' | 'erase', () => Promise<void>>;
const atOnce = () => Promise.resolve();

beforeEach(async () => {
  before = { member: atOnce, people: atOnce, revisions: atOnce, erase: atOnce };
  data = tempDir('meanwhile');
  const store = await openStorage(`file:${data}/chat.db`);
  const storage: Storage = {
    ...store,
    channels: {
      ...store.channels,
      member: (channel, user) => before.member().then(() => store.channels.member(channel, user)),
      revisions: (ids) => before.revisions().then(() => store.channels.revisions(ids)),
      members: (channel, limit) => before.people().then(() => store.channels.members(channel, limit)),
    },
    erase: (user, instead) => before.erase().then(() => store.erase(user, instead)),
  };
  site = await openSite({ overrides: { storage } });
});
afterEach(async () => {
  await site.close();
  removeDir(data);
});

/** Work that waits until it may go on, and says when it has come so far. */
function turnstile() {
  let arrive = () => {};
  let open = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const free = new Promise<void>((resolve) => {
    open = resolve;
  });
  const pass = () => {
    arrive();
    return free;
  };
  return { arrived, open: () => open(), pass };
}

const meetings = ['standup'];

test.each(['member', 'people'] as const)('who goes while they join leaves nothing open (%s)', async (call) => {
  const store = turnstile();
  const alice = await site.connect({ sub: 'alice', meetings });
  before[call] = store.pass;
  alice.socket.emit('join', { channel: 'standup' });
  await store.arrived;
  alice.close();
  await expect.poll(() => figure(site.url, 'meeting_chat_connections')).toBe(0);
  before[call] = atOnce;
  store.open();
  // Another join behind it, so that the first has come to its end.
  const bob = await site.connect({ sub: 'bob', meetings: ['other'] });
  await bob.command('join', { channel: 'other' });
  bob.close();
  await expect.poll(() => figure(site.url, 'meeting_chat_channels_open')).toBe(0);
});

test('R36: who is removed while they join is told so by the answer too, and hears nothing', async () => {
  const alice = { sub: 'alice', meetings: { standup: 'organizer' as const } };
  const bob = await site.connect({ sub: 'bob', meetings: ['standup', 'other'] });
  await bob.command('join', { channel: 'other' });
  const store = turnstile();
  before.people = store.pass;
  const answer = bob.ask('join', { channel: 'standup' });
  await store.arrived;
  before.people = atOnce;
  expect(await site.ask(alice, 'DELETE', '/channels/standup/members/bob')).toMatchObject({ status: 204 });
  store.open();
  expect(await answer).toMatchObject({ ok: false });
});

test('R4: a message waits for one before it for which the right to write could not be looked up', async () => {
  const bob = await site.connect({ sub: 'bob', meetings });
  const say = (key: string) => bob.ask('send', { channel: 'standup', key, text: key });
  before.member = () => Promise.reject(new Error('the store is away'));
  expect(await say('one')).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  before.member = atOnce;
  expect(await say('two')).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  expect([await say('one'), await say('two')]).toMatchObject([{ seq: 1 }, { seq: 2 }]);
});

test('R38: who goes on under a token without the meeting is out of it, though the store failed when it was asked', async () => {
  const bob = await site.connect({ sub: 'bob', meetings: ['standup', 'other'] });
  for (const channel of ['standup', 'other']) await bob.command('join', { channel });
  const heard = listen(bob);
  const failed = turnstile();
  const away = () => Promise.reject(new Error('the store is away'));
  before.revisions = away;
  before.member = () => {
    void failed.pass();
    return away();
  };
  await bob.command('authenticate', { token: site.tokenOf({ sub: 'bob', meetings: ['other'] }) });
  await failed.arrived;
  before.member = atOnce;
  expect(await heard.until('left')).toMatchObject({ channel: 'standup' });
});

test('R43: who comes back while they are erased is out when it is done', async () => {
  const made = await site.ask('alice', 'POST', '/channels', { kind: 'group', title: 'Group' });
  const { id: channel } = made.body as { id: string };
  await site.ask('alice', 'PUT', `/channels/${channel}/members/bob`, {});
  const alice = await site.connect('alice');
  await alice.command('join', { channel });
  const store = turnstile();
  before.erase = store.pass;
  const erased = site.ask('bob', 'DELETE', '/users/bob');
  await store.arrived;
  const bob = await site.connect('bob');
  await bob.command('join', { channel });
  const [heard, others] = [listen(bob), listen(alice)];
  store.open();
  expect(await erased).toMatchObject({ status: 204 });
  expect(await heard.until('left')).toMatchObject({ channel });
  await others.until('presence', ({ members }) => JSON.stringify(members).includes('removed'));
  await alice.send(channel, 'among us');
  await others.until('entries', says('among us'));
  expect(heard.messages(channel)).toEqual([]);
});

test('R43: an erasure that failed is written down as failed, and as done when it was', async () => {
  const backend = { sub: 'backend', scope: 'service' } as const;
  const erasures = async () =>
    ((await site.ask(backend, 'GET', '/audit')).body as { acts: { action: string }[] }).acts.filter(
      ({ action }) => action === 'DELETE /users/:user',
    );
  before.erase = () => Promise.reject(new Error('the store is away'));
  expect(await site.ask(backend, 'DELETE', '/users/bob')).toMatchObject({ status: 503 });
  expect(await erasures()).toMatchObject([{ actor: 'backend', outcome: 'failed', subject: 'bob' }]);
  before.erase = atOnce;
  expect(await site.ask(backend, 'DELETE', '/users/bob')).toMatchObject({ status: 204 });
  expect(await site.ask('carol', 'DELETE', '/users/carol')).toMatchObject({ status: 204 });
  expect(await erasures()).toMatchObject([
    { actor: 'erased', outcome: 'done', subject: 'erased' },
    { actor: 'backend', outcome: 'done', subject: 'erased' },
    { actor: 'backend', outcome: 'failed', subject: 'erased' },
  ]);
});
