import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlainMessage } from '../../protocol/http.ts';
import { removeDir, tempDir } from '../services/process.ts';
import { listen, openSite, refused, type Site, says } from './site.ts';

const data = tempDir('messages');
let site: Site;
beforeAll(async () => {
  site = await openSite({ data });
});
afterAll(async () => {
  await site?.close();
  removeDir(data);
});

const backend = { sub: 'backend', scope: 'service' };
const write = (from: string, to: string, text: string, more: object = {}) =>
  site.ask(from, 'POST', '/messages', { sender_ID: from, receiver_ID: to, type: 'text', text, ...more });
const unread = async (user: string): Promise<PlainMessage[]> =>
  (await site.ask(user, 'GET', `/messages/${encodeURIComponent(user)}`)).body as PlainMessage[];

describe('R29: a message from user to user over HTTP', () => {
  test('is answered with what is stored', async () => {
    const { status, body } = await write('+1234567890', '@johndoe', 'Hello, how are you?');
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      channel: expect.stringMatching(/^direct:/),
      seq: 1,
      sender_ID: '+1234567890',
      receiver_ID: '@johndoe',
      type: 'text',
      text: 'Hello, how are you?',
      sent_at: expect.any(Number),
    });
    expect(await unread('@johndoe')).toEqual([body]);
  });

  test('goes to and from ids that are parted by a bar, as some providers part them', async () => {
    const { status, body } = await write('auth0|5f7c8ec7c33c6c00', 'google-oauth2|1', 'hello @auth0|5f7c8ec7c33c6c00');
    expect({ status, body }).toMatchObject({ status: 201, body: { sender_ID: 'auth0|5f7c8ec7c33c6c00' } });
    expect(await unread('google-oauth2|1')).toEqual([body]);
    const reader = await site.connect('google-oauth2|1');
    const { channel } = body as PlainMessage;
    const joined = await reader.command('join', { channel, since: 0 });
    expect(joined.members).toMatchObject({ 'auth0|5f7c8ec7c33c6c00': { role: 'participant' } });
    expect(joined.entries).toMatchObject([{ mentions: ['auth0|5f7c8ec7c33c6c00'] }]);
  });

  test('is the same message under the same key, whatever its text', async () => {
    const first = await write('anna', 'ben', 'once', { key: 'k1' });
    const second = await write('anna', 'ben', 'twice', { key: 'k1' });
    expect(second).toMatchObject({ status: 201, body: first.body as object });
    expect(await unread('ben')).toHaveLength(1);
  });

  test('is answered as before to a repeated key, whatever has become of the channel, the sender or the words', async () => {
    const alice = { sub: 'alice', meetings: { repeated: 'organizer' as const } };
    const bob = { sub: 'bob', meetings: { repeated: 'participant' as const } };
    const client = await site.connect(bob);
    await client.command('join', { channel: 'repeated' });
    const sent = { channel: 'repeated', key: 'k', text: 'acme' };
    const { seq, id, sentAt } = await client.command('send', sent);
    const first = { seq, id, sentAt };
    const set = (patch: object) => site.ask(alice, 'PATCH', '/channels/repeated', patch);
    const filter = (action: string) => set({ settings: { filter: { action, english: false, words: ['acme'] } } });
    const changes: [code: string, () => Promise<unknown>][] = [
      ['invalid', () => filter('reject')],
      ['conflict', () => filter('hold')],
      ['closed', () => set({ state: 'closed' })],
      ['forbidden', () => site.ask(alice, 'PUT', '/channels/repeated/members/bob', { muted: true })],
    ];
    for (const [code, change] of changes) {
      await change();
      const other = () => client.ask('send', { ...sent, key: `other-${code}` });
      await expect.poll(other).toMatchObject({ ok: false, error: { code } });
      expect(await client.ask('send', sent)).toEqual({ ok: true, ...first });
      expect(await site.ask(bob, 'POST', '/channels/repeated/messages', { key: 'k', text: 'acme' })).toMatchObject({
        status: 201,
        body: first,
      });
    }
    const held = await site.ask(alice, 'GET', '/channels/repeated/held');
    expect((held.body as { messages: { key: string }[] }).messages.map(({ key }) => key)).toEqual(['other-conflict']);
    await site.ask(alice, 'DELETE', '/channels/repeated/members/bob');
    const removed = await site.ask(bob, 'POST', '/channels/repeated/messages', { key: 'k', text: 'acme' });
    expect(removed).toMatchObject(refused(403, 'forbidden'));
  });

  test('cannot be sent for another, but by a backend', async () => {
    const asAnna = { sender_ID: 'anna', receiver_ID: 'cara', type: 'text', text: 'from anna' };
    expect(await site.ask('mallory', 'POST', '/messages', asAnna)).toMatchObject(refused(403, 'forbidden'));
    expect(await unread('cara')).toEqual([]);
    expect(await site.ask(backend, 'POST', '/messages', asAnna)).toMatchObject({ status: 201 });
    expect(await unread('cara')).toMatchObject([{ sender_ID: 'anna', text: 'from anna' }]);
  });

  test('carries the name that the sender is known by, also when a backend sends it', async () => {
    await site.ask({ sub: 'nora', name: 'Nora N.' }, 'GET', '/users/me');
    await site.ask(backend, 'POST', '/messages', { sender_ID: 'nora', receiver_ID: 'olaf', type: 'text', text: 'hi' });
    const { body } = await site.ask('olaf', 'GET', '/channels');
    expect(body).toMatchObject({
      channels: [{ kind: 'direct', last: { sender: { id: 'nora', name: 'Nora N.' } }, with: { name: 'Nora N.' } }],
    });
  });

  test('goes to somebody else', async () => {
    expect(await write('solo', 'solo', 'me')).toMatchObject(refused(400, 'invalid'));
  });

  const good = { sender_ID: 'anna', receiver_ID: 'ben', type: 'text', text: 'x' };
  test.each([
    ['no text', { ...good, text: undefined }, 400, 'invalid'],
    ['a blank text', { ...good, text: ' \n ' }, 400, 'invalid'],
    ['a text of invisible signs', { ...good, text: '\u200b\u2060 \u3164' }, 400, 'invalid'],
    ['a number as text', { ...good, text: 7 }, 400, 'invalid'],
    ['null as text', { ...good, text: null }, 400, 'invalid'],
    ['20 kB', { ...good, text: 'x'.repeat(20_000) }, 413, 'too_large'],
    ['10 kB of two-byte characters and one more', { ...good, text: `${'é'.repeat(5_000)}x` }, 413, 'too_large'],
    ['70 kB', { ...good, text: 'x'.repeat(70_000) }, 413, 'too_large'],
    ['an image', { ...good, type: 'image' }, 400, 'invalid'],
    ['no type', { ...good, type: undefined }, 400, 'invalid'],
    ['a filter as receiver', { ...good, receiver_ID: { $ne: null } }, 400, 'invalid'],
    ['a list as receiver', { ...good, receiver_ID: ['ben'] }, 400, 'invalid'],
    ['no receiver', { ...good, receiver_ID: undefined }, 400, 'invalid'],
    ['a receiver that is no id', { ...good, receiver_ID: 'a b' }, 400, 'invalid'],
    ['a receiver of 129 characters', { ...good, receiver_ID: 'x'.repeat(129) }, 400, 'invalid'],
    ['a key that is none', { ...good, key: 'a b' }, 400, 'invalid'],
    ['no JSON', '{', 400, 'invalid'],
    ['a list', [], 400, 'invalid'],
    ['null', 'null', 400, 'invalid'],
    ['a prototype', '{"__proto__":{"text":"x"}}', 400, 'invalid'],
  ])('is refused with %s', async (_name, body, status, code) => {
    expect(await site.ask('anna', 'POST', '/messages', body)).toMatchObject(refused(status, code));
  });

  test('needs a token that is good', async () => {
    expect(await site.ask(undefined, 'POST', '/messages', good)).toMatchObject(refused(401, 'unauthorized'));
    const expired = { sub: 'anna', exp: Math.floor(Date.now() / 1_000) - 1 };
    expect(await site.ask(expired, 'POST', '/messages', good)).toMatchObject(refused(401, 'unauthorized'));
  });
});

describe('R31: unread messages', () => {
  test('are those of all channels, oldest first, without one’s own', async () => {
    const kim = { sub: 'kim', meetings: { weekly: 'organizer' as const } };
    await site.ask(kim, 'POST', '/channels/weekly/messages', { text: 'in the meeting' });
    const lea = { sub: 'lea', meetings: ['weekly'] };
    await site.ask(lea, 'POST', '/channels/weekly/messages', { text: 'mine' });
    await write('kim', 'lea', 'in private');
    const { body } = await site.ask(lea, 'GET', '/messages/lea');
    expect(body).toMatchObject([
      { text: 'in the meeting', channel: 'weekly', receiver_ID: null },
      { text: 'in private', sender_ID: 'kim', receiver_ID: 'lea' },
    ]);
    // A backend has no token of hers, and tells the same.
    expect(await site.ask(backend, 'GET', '/messages/lea')).toMatchObject({ status: 200, body: body as object });
    // Nor has she of the meeting any more: then it is not hers to read.
    expect(await unread('lea')).toMatchObject([{ text: 'in private' }]);
  });

  test('are read by a receipt, and stay unread over a restart until then', async () => {
    await write('mia', 'noah', 'one');
    await write('mia', 'noah', 'two');
    await site.close();
    site = await openSite({ data });
    const [first, second] = await unread('noah');
    expect([first?.text, second?.text]).toEqual(['one', 'two']);
    const noah = await site.connect('noah');
    await noah.command('receipt', { channel: first?.channel ?? '', read: first?.seq ?? 0 });
    expect((await unread('noah')).map(({ text }) => text)).toEqual(['two']);
    await site.ask('noah', 'PUT', `/channels/${second?.channel}/receipt`, { read: second?.seq });
    expect(await unread('noah')).toEqual([]);
  });

  test('are the oldest when there are more than asked for', async () => {
    for (const text of ['1', '2', '3']) await write('pia', 'quin', text);
    expect(await site.ask('quin', 'GET', '/messages/quin?limit=2')).toMatchObject({
      body: [{ text: '1' }, { text: '2' }],
    });
    expect(await site.ask('quin', 'GET', '/messages/quin?limit=0')).toMatchObject(refused(400, 'invalid'));
    expect(await site.ask('quin', 'GET', '/messages/quin?limit=many')).toMatchObject(refused(400, 'invalid'));
  });

  test('do not hold what was deleted', async () => {
    const { body } = await write('rob', 'sue', 'oops');
    const { channel, seq } = body as PlainMessage;
    await site.ask('rob', 'DELETE', `/channels/${channel}/messages/${seq}`);
    expect(await unread('sue')).toEqual([]);
  });

  test('are for their user and for backends only', async () => {
    expect(await site.ask('mallory', 'GET', '/messages/ben')).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask('mallory', 'GET', '/messages/nobody-at-all')).toMatchObject(refused(403, 'forbidden'));
    expect(await site.ask(undefined, 'GET', '/messages/ben')).toMatchObject(refused(401, 'unauthorized'));
    expect(await site.ask(backend, 'GET', '/messages/nobody-at-all')).toMatchObject({ status: 200, body: [] });
    expect(await site.ask('ben', 'GET', '/messages/a%20b')).toMatchObject(refused(400, 'invalid'));
  });
});

describe('R28: two users have one direct channel', () => {
  test('also when both write first at the same moment', async () => {
    const sent = await Promise.all([
      ...Array.from({ length: 5 }, (_, i) => write('tom', 'uma', `t${i}`)),
      ...Array.from({ length: 5 }, (_, i) => write('uma', 'tom', `u${i}`)),
    ]);
    expect(new Set(sent.map(({ body }) => (body as PlainMessage).channel)).size).toBe(1);
    expect(await unread('tom')).toHaveLength(5);
    expect(await unread('uma')).toHaveLength(5);
  });

  test('nobody else’s pair is theirs: ids that would run together stay apart', async () => {
    const channels = await Promise.all(
      [
        ['a', 'b:c'],
        ['a:b', 'c'],
        ['a', 'b.c'],
      ].map(async ([from = '', to = '']) => ((await write(from, to, 'x')).body as PlainMessage).channel),
    );
    expect(new Set(channels).size).toBe(3);
  });

  test('and nobody else may enter it, whatever their token names', async () => {
    const { body } = await write('vic', 'wes', 'secret');
    const { channel } = body as PlainMessage;
    const mallory = await site.connect({ sub: 'mallory', meetings: { [channel]: 'organizer' } });
    expect(await mallory.ask('join', { channel })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    // Nor take the place of one that is not made yet.
    const early = await site.connect({ sub: 'mallory', meetings: { 'direct:early': 'organizer' } });
    expect(await early.ask('join', { channel: 'direct:early' })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
  });
});

describe('R30: a direct message reaches a connected user who has not joined', () => {
  test('they get the channel, then its entries, and hear what follows', async () => {
    const ben = await site.connect('yan');
    const heard = listen(ben);
    for (const text of ['one', 'two', 'three']) await write('xia', 'yan', text);
    await heard.until('entries', says('three'));
    const { channel } = (await heard.until('channel')) as { channel: { id: string } };
    expect(channel).toMatchObject({ kind: 'direct', settings: { between: ['xia', 'yan'] } });
    expect(heard.messages(channel.id)).toEqual([
      { seq: 1, text: 'one' },
      { seq: 2, text: 'two' },
      { seq: 3, text: 'three' },
    ]);
    expect(heard.events.findIndex(({ name }) => name === 'channel')).toBeLessThan(
      heard.events.findIndex(({ name }) => name === 'entries'),
    );
  });

  test('the sender’s own other connections hear of it too', async () => {
    const heard = listen(await site.connect('zoe'));
    await write('zoe', 'adam', 'from my phone');
    await heard.until('entries', says('from my phone'));
  });

  test('a burst before they are joined comes whole, in order and without a gap', async () => {
    const heard = listen(await site.connect('burst-b'));
    const texts = Array.from({ length: 60 }, (_, i) => `m${i}`);
    await Promise.all(texts.map((text) => write('burst-a', 'burst-b', text)));
    const { channel } = (await heard.until('channel')) as { channel: { id: string } };
    const first = () => heard.messages(channel.id)[0]?.seq ?? 0;
    await expect.poll(() => heard.messages(channel.id).at(-1)?.seq).toBe(60);
    const seqs = [...new Set(heard.messages(channel.id).map(({ seq }) => seq))];
    expect(seqs).toEqual(Array.from({ length: 61 - first() }, (_, i) => first() + i));
    expect(first()).toBe(1);
  });
});
