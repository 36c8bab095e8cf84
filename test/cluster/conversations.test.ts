import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlainMessage } from '../../protocol/http.ts';
import { listen, openSite, type Site, says } from '../api/site.ts';
import type { TestClient } from '../client.ts';
import { startMongod } from '../services/mongod.ts';
import { withService } from '../services/process.ts';
import { startRedis } from '../services/redis.ts';

// alice on two devices at two instances, bob on a third.
const mongod = await withService(startMongod);
const redis = await withService(startRedis);

describe.runIf(mongod && redis)('over three instances', () => {
  let sites: [Site, Site, Site];
  beforeAll(async () => {
    const env = { DATABASE_URL: mongod?.url ?? '', REDIS_URL: redis?.url ?? '' };
    sites = [await openSite({ env }), await openSite({ env }), await openSite({ env })];
  });
  afterAll(async () => {
    await Promise.all((sites ?? []).map((site) => site.close()));
    await Promise.all([mongod?.stop(), redis?.stop()]);
  });

  const everywhere = async (meeting: string, alices: 'organizer' | 'participant' = 'organizer') => {
    const [one, two, three] = sites;
    const alice = { sub: 'alice', meetings: { [meeting]: alices } };
    const bob = { sub: 'bob', meetings: { [meeting]: 'participant' as const } };
    const people: [TestClient, TestClient, TestClient] = [
      await one.connect(alice),
      await two.connect(alice),
      await three.connect(bob),
    ];
    for (const client of people) await client.command('join', { channel: meeting });
    return { people, heard: people.map(listen), alice, bob };
  };
  const write = (site: Site, from: string, to: string, text: string) =>
    site.ask(from, 'POST', '/messages', { sender_ID: from, receiver_ID: to, type: 'text', text });

  test('R29: what is sent over HTTP at one instance is heard at all of them', async () => {
    const { alice, heard } = await everywhere('standup');
    expect(await sites[0].ask(alice, 'POST', '/channels/standup/messages', { text: 'good morning' })).toMatchObject({
      status: 201,
    });
    await Promise.all(heard.map(({ until }) => until('entries', says('good morning'))));
  });

  test('R26: of two who make a meeting at once, one is told that the other did', async () => {
    const [one, two] = sites;
    for (let i = 0; i < 5; i += 1) {
      const id = `made-${i}`;
      const make = (site: Site, sub: string) =>
        site.ask({ sub, meetings: { [id]: 'organizer' } }, 'POST', '/channels', { kind: 'meeting', id, title: sub });
      const made = await Promise.all([make(one, 'alice'), make(two, 'bob')]);
      expect(made.map(({ status }) => status).sort()).toEqual([201, 409]);
    }
  });

  test('R45: of two who decide on a held message at once, one does', async () => {
    const [one, two] = sites;
    const organizer = { sub: 'alice', meetings: { held: 'organizer' as const } };
    const bob = { sub: 'bob', meetings: ['held'] };
    await one.ask(organizer, 'POST', '/channels', { kind: 'meeting', id: 'held' });
    const filter = { action: 'hold', english: false, words: ['acme'] };
    await one.ask(organizer, 'PATCH', '/channels/held', { settings: { filter } });
    for (let i = 0; i < 5; i += 1) {
      const key = `k${i}`;
      await one.ask(bob, 'POST', '/channels/held/messages', { key, text: 'acme' });
      const [approved, refused] = await Promise.all([
        one.ask(organizer, 'POST', `/channels/held/held/bob/${key}`),
        two.ask(organizer, 'DELETE', `/channels/held/held/bob/${key}`),
      ]);
      expect([approved.status, refused.status].sort()).toEqual([204, 404]);
      const again = await two.ask(bob, 'POST', '/channels/held/messages', { key, text: 'acme' });
      expect(again.status).toBe(approved.status === 204 ? 201 : 400);
    }
  });

  test('R45: what waits is told to an organizer at whatever instance, and to no participant, and a refusal to its writer', async () => {
    const { people, heard, alice, bob } = await everywhere('waits');
    const [one, two, three] = sites;
    const filter = { action: 'hold', english: false, words: ['acme'] };
    await one.ask(alice, 'PATCH', '/channels/waits', { settings: { filter } });
    const [atOne, atTwo, bobs] = heard;
    await bobs?.until('channel');
    await three.ask(bob, 'POST', '/channels/waits/messages', { key: 'k', text: 'acme' });
    const ofCount = (count: number) => (data: object) => 'count' in data && data.count === count;
    for (const organizer of [atOne, atTwo]) await organizer?.until('held', ofCount(1));
    await two.ask(alice, 'POST', '/channels/waits/held/bob/k');
    for (const organizer of [atOne, atTwo]) await organizer?.until('held', ofCount(0));
    await three.ask(bob, 'POST', '/channels/waits/messages', { key: 'no', text: 'acme' });
    await two.ask(alice, 'DELETE', '/channels/waits/held/bob/no');
    expect(await bobs?.until('refused')).toEqual({ channel: 'waits', key: 'no' });
    await people[0].command('send', { channel: 'waits', key: 'last', text: 'last' });
    await bobs?.until('entries', says('last'));
    expect(bobs?.events.filter(({ name }) => name === 'held')).toEqual([]);
  });

  test('R30: a direct message reaches whoever is connected, at whatever instance, joined or not', async () => {
    const [one, two, three] = sites;
    const [phone, laptop] = [await one.connect('ann'), await two.connect('ann')];
    const ben = await three.connect('ben');
    const heard = [phone, laptop, ben].map(listen);
    const texts = Array.from({ length: 20 }, (_, i) => `m${i}`);
    for (const [i, text] of texts.entries())
      await write(sites[i % 3] ?? one, i % 2 === 0 ? 'ann' : 'ben', i % 2 === 0 ? 'ben' : 'ann', text);
    for (const { until, messages } of heard) {
      await until('entries', says('m19'));
      const { channel } = (await until('channel')) as { channel: { id: string } };
      const seqs = [...new Set(messages(channel.id).map(({ seq }) => seq))];
      expect(seqs).toEqual(texts.map((_, i) => i + 1));
    }
  });

  test('R28: two who write first at the same moment at two instances make one channel', async () => {
    const sent = await Promise.all(
      Array.from({ length: 10 }, (_, i) => {
        const [from, to] = i % 2 === 0 ? ['carl', 'dora'] : ['dora', 'carl'];
        return write(sites[i % 3] ?? sites[0], from ?? '', to ?? '', `m${i}`);
      }),
    );
    const messages = sent.map(({ body }) => body as PlainMessage);
    expect(new Set(messages.map(({ channel }) => channel)).size).toBe(1);
    expect(messages.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(messages.map((_, i) => i + 1));
  });

  test('R31 R33: who was away gets everything that waits, on every channel, in order and once', async () => {
    const [one, two, three] = sites;
    for (let i = 0; i < 30; i += 1) await write([one, two][i % 2] ?? one, ['eva', 'finn'][i % 2] ?? '', 'gus', `m${i}`);
    const gus = await three.connect('gus');
    const { body } = await three.ask('gus', 'GET', '/channels');
    const { channels } = body as { channels: { id: string; unread: number; last: { text: string } }[] };
    expect(
      channels.map(({ unread, last }) => ({ unread, last: last.text })).toSorted((a, b) => (a.last < b.last ? -1 : 1)),
    ).toEqual([
      { unread: 15, last: 'm28' },
      { unread: 15, last: 'm29' },
    ]);
    for (const { id } of channels) {
      const { entries } = await gus.command('join', { channel: id, since: 0 });
      expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    }
    expect(((await two.ask('gus', 'GET', '/messages/gus')).body as PlainMessage[]).map(({ text }) => text)).toEqual(
      Array.from({ length: 30 }, (_, i) => `m${i}`),
    );
  });

  test('R32: of two devices at two instances the higher watermark wins, and is told everywhere', async () => {
    const meeting = 'marks';
    const { people, heard } = await everywhere(meeting);
    const [phone, laptop, bob] = people;
    for (let i = 0; i < 5; i += 1) await bob.send(meeting, `m${i}`);
    await phone.command('receipt', { channel: meeting, read: 4 });
    await heard[1]?.until('receipts', ({ receipts }) => (receipts as { alice: { read: number } }).alice.read === 4);
    await laptop.command('receipt', { channel: meeting, read: 2 });
    await laptop.command('receipt', { channel: meeting, delivered: 5 });
    await heard[2]?.until(
      'receipts',
      ({ receipts }) => (receipts as { alice: { delivered: number } }).alice.delivered === 5,
    );
    const told = heard[2]?.events.filter(({ name }) => name === 'receipts').map(({ data }) => data.receipts);
    expect(told).toEqual([{ alice: { delivered: 4, read: 4 } }, { alice: { delivered: 5, read: 4 } }]);
  });

  test('R36: a role, a mute and a removal hold at once at the instance where the user is', async () => {
    const meeting = 'board';
    const { people, heard, alice } = await everywhere(meeting);
    const [, laptop, bob] = people;
    const put = (body: object) => sites[0].ask(alice, 'PUT', `/channels/${meeting}/members/bob`, body);
    const answerOf = async (key: string) => {
      const answer = await bob.ask('send', { channel: meeting, key, text: key });
      return answer.ok ? 'ok' : answer.error.code;
    };
    await put({ muted: true });
    await expect.poll(() => answerOf('muted'), { timeout: 5_000 }).toBe('forbidden');
    await put({ muted: false });
    await expect.poll(() => answerOf('heard'), { timeout: 5_000 }).toBe('ok');
    const { seq } = await laptop.send(meeting, 'to be deleted');
    await put({ role: 'organizer' });
    await expect
      .poll(async () => (await bob.ask('delete', { channel: meeting, seq })).ok, { timeout: 5_000 })
      .toBe(true);
    await sites[0].ask(alice, 'DELETE', `/channels/${meeting}/members/bob`);
    expect(await heard[2]?.until('left')).toEqual({ channel: meeting, code: 'removed' });
    await laptop.send(meeting, 'behind his back');
    await heard[0]?.until('entries', says('behind his back'));
    expect(JSON.stringify(heard[2]?.events)).not.toContain('behind');
  });

  test('R27: wrong passcodes are counted over all instances, for whoever is asked', async () => {
    const { body } = await sites[0].ask('alice', 'POST', '/channels', { title: 'Board', passcode: 'open sesame' });
    const { id } = body as { id: string };
    const attempt = async (i: number, passcode: string) =>
      (await (sites[i % 3] ?? sites[0]).ask('eve', 'POST', `/channels/${id}/join`, { passcode })).status;
    const guesses: number[] = [];
    for (let i = 0; i < 5; i += 1) guesses.push(await attempt(i, `guess ${i}`));
    expect(guesses).toEqual([403, 403, 403, 403, 403]);
    for (let i = 0; i < 3; i += 1) expect(await attempt(i, 'open sesame')).toBe(429);
  });

  test('R26: a state and a title that are set at one instance hold at the others', async () => {
    const meeting = 'review';
    const { people, heard, alice } = await everywhere(meeting);
    const [, , bob] = people;
    await sites[1].ask(alice, 'PATCH', `/channels/${meeting}`, { title: 'Review', state: 'closed' });
    expect(await heard[2]?.until('channel')).toMatchObject({
      channel: { title: 'Review', settings: { state: 'closed' } },
    });
    expect(await bob.ask('send', { channel: meeting, key: 'k', text: 'x' })).toMatchObject({
      error: { code: 'closed' },
    });
    // Neither does one hold who is connected and has not joined.
    const other = await sites[2].connect({ sub: 'cara', meetings: [meeting] });
    expect(await other.ask('send', { channel: meeting, key: 'a', text: 'x' })).toMatchObject({
      error: { code: 'closed' },
    });
    await sites[1].ask(alice, 'PATCH', `/channels/${meeting}`, { state: 'open' });
    expect(await other.ask('send', { channel: meeting, key: 'b', text: 'x' })).toMatchObject({ ok: true });
    await sites[1].ask(alice, 'DELETE', `/channels/${meeting}`);
    for (const { until } of heard) expect(await until('left')).toEqual({ channel: meeting, code: 'deleted' });
  });

  test('R43: whoever comes back after they were erased is somebody new, at every instance', async () => {
    const channel = 'lobby';
    const zoe = { sub: 'zoe', name: 'Zoe', meetings: [channel] };
    const kim = { sub: 'kim', name: 'Kim', meetings: [channel] };
    const here = await sites[0].connect(kim);
    await here.command('join', { channel });
    await here.send(channel, 'one');
    const enter = async () => {
      const device = await sites[1].connect(zoe);
      await device.command('join', { channel });
      await device.command('receipt', { channel, read: 1 });
      return device;
    };
    await enter();
    await write(sites[0], 'kim', 'zoe', 'before');
    const heard = listen(here);
    expect(await sites[0].ask(zoe, 'DELETE', '/users/zoe')).toMatchObject({ status: 204 });
    await heard.until('presence', ({ members }) => JSON.stringify(members).includes('removed'));
    await enter();
    expect(await sites[2].ask(zoe, 'GET', `/channels/${channel}`)).toMatchObject({
      body: { unread: 0, receipt: { read: 1 }, members: { zoe: { name: 'Zoe' } } },
    });
    expect(await write(sites[0], 'kim', 'zoe', 'after')).toMatchObject({ status: 201, body: { receiver_ID: 'zoe' } });
    expect(await write(sites[2], 'zoe', 'kim', 'answer')).toMatchObject({ status: 201, body: { receiver_ID: 'kim' } });
    const waiting = (await sites[2].ask(zoe, 'GET', '/messages/zoe')).body as PlainMessage[];
    expect(waiting.map(({ text }) => text)).toEqual(['after']);
  });

  test('R35: a block that is said at one instance holds at the others', async () => {
    const meeting = 'forum';
    const { people, heard, alice } = await everywhere(meeting, 'participant');
    const [, laptop, bob] = people;
    await bob.send(meeting, 'before the block');
    const direct = ((await write(sites[2], 'bob', 'alice', 'hi')).body as PlainMessage).channel;
    await bob.command('join', { channel: direct });
    await bob.send(direct, 'once more');
    await sites[0].ask(alice, 'PUT', '/users/me/blocked/bob');
    await expect
      .poll(async () => (await bob.ask('send', { channel: direct, key: randomUUID(), text: 'x' })).ok, {
        timeout: 5_000,
      })
      .toBe(false);
    const first = async () => (await laptop.command('history', { channel: meeting })).messages[0];
    await expect.poll(first, { timeout: 5_000 }).toMatchObject({ hidden: true, text: '' });
    await bob.send(meeting, 'unseen marker');
    const carl = await sites[1].connect({ sub: 'carl', meetings: [meeting] });
    await carl.send(meeting, 'seen');
    for (const { until, events } of heard.slice(0, 2)) {
      await until('entries', says('seen'));
      expect(JSON.stringify(events)).not.toContain('marker');
    }
  });

  describe.each([
    { how: 'frozen', begin: () => redis?.signal('SIGSTOP'), end: () => redis?.signal('SIGCONT') },
    { how: 'down', begin: () => redis?.kill(), end: () => redis?.restart() },
  ])('while Redis is $how', ({ how, begin, end }) => {
    afterAll(() => end());

    test('R36: a removed user is out within five seconds, and a muted one silent, on every instance', async () => {
      const meeting = `dark-${how}`;
      const { heard, alice } = await everywhere(meeting);
      const cara = await sites[2].connect({ sub: 'cara', meetings: [meeting] });
      await cara.command('join', { channel: meeting });
      expect(await cara.send(meeting, 'can speak')).toMatchObject({ ok: true });
      await begin();
      const started = performance.now();
      // To show who is online is worth a wait, to mute somebody is not.
      const shown = how === 'frozen' ? sites[0].ask(alice, 'GET', `/channels/${meeting}`) : new Promise(() => {});
      const muted = sites[0].ask(alice, 'PUT', `/channels/${meeting}/members/cara`, { muted: true });
      expect(await Promise.race([shown, muted])).toMatchObject({ body: { user: 'cara', muted: true } });
      await sites[0].ask(alice, 'DELETE', `/channels/${meeting}/members/bob`);
      expect(await heard[2]?.until('left')).toEqual({ channel: meeting, code: 'removed' });
      expect(await cara.ask('send', { channel: meeting, key: 'k', text: 'x' })).toMatchObject({
        error: { code: 'forbidden' },
      });
      expect(performance.now() - started).toBeLessThan(5_000);
    });

    test('R30: a direct message finds its receiver at another instance all the same', async () => {
      const heard = listen(await sites[2].connect(`zed-${how}`));
      await write(sites[0], 'yan', `zed-${how}`, 'through the dark');
      await heard.until('entries', says('through the dark'));
    });

    test('R27: who is put into a group hears of it at another instance all the same', async () => {
      const heard = listen(await sites[2].connect(`ugo-${how}`));
      const { id } = (await sites[0].ask('yan', 'POST', '/channels', { title: 'In the dark' })).body as { id: string };
      await sites[0].ask('yan', 'PUT', `/channels/${id}/members/ugo-${how}`);
      await heard.until('channel', ({ channel }) => JSON.stringify(channel).includes('In the dark'));
    });
  });
});
