import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeDir, tempDir } from '../services/process.ts';
import { listen, openSite, refused, type Site } from './site.ts';

const data = tempDir('receipts');
let site: Site;
beforeAll(async () => {
  site = await openSite({ data });
});
afterAll(async () => {
  await site?.close();
  removeDir(data);
});

const meeting = 'standup';
const claims = (sub: string) => ({ sub, meetings: [meeting] });

describe('R32: receipts', () => {
  test('tell the sender what was delivered and what was read; to read is to have got it', async () => {
    const [alice, bob] = [await site.connect(claims('alice')), await site.connect(claims('bob'))];
    for (const client of [alice, bob]) await client.command('join', { channel: meeting });
    const heard = listen(alice);
    const { seq } = await alice.send(meeting, 'hello');
    await bob.command('receipt', { channel: meeting, delivered: seq });
    expect(await heard.until('receipts')).toEqual({ channel: meeting, receipts: { bob: { delivered: seq, read: 0 } } });
    await bob.command('receipt', { channel: meeting, read: seq });
    await heard.until('receipts', ({ receipts }) => (receipts as { bob: { read: number } }).bob.read === seq);
    expect(await alice.command('join', { channel: meeting })).toMatchObject({
      receipts: { bob: { delivered: seq, read: seq } },
    });
  });

  test('never go down: of two devices the higher wins, and nobody hears of the lower', async () => {
    const channel = 'two-devices';
    const who = (sub: string) => ({ sub, meetings: [channel] });
    const [alice, phone, laptop] = [
      await site.connect(who('alice')),
      await site.connect(who('bob')),
      await site.connect(who('bob')),
    ];
    for (const client of [alice, phone, laptop]) await client.command('join', { channel });
    for (let i = 0; i < 5; i += 1) await alice.send(channel, `m${i}`);
    const heard = listen(alice);
    await phone.command('receipt', { channel, read: 4 });
    await laptop.command('receipt', { channel, read: 2 });
    await laptop.command('receipt', { channel, delivered: 5 });
    await heard.until('receipts', ({ receipts }) => (receipts as { bob: { delivered: number } }).bob.delivered === 5);
    const told = heard.events.filter(({ name }) => name === 'receipts').map(({ data }) => data.receipts);
    expect(told).toEqual([{ bob: { delivered: 4, read: 4 } }, { bob: { delivered: 5, read: 4 } }]);
  });

  test('go no further than what is written', async () => {
    const channel = 'eager';
    const bob = await site.connect({ sub: 'bob', meetings: [channel] });
    await bob.command('join', { channel });
    await bob.send(channel, 'one');
    await bob.command('receipt', { channel, read: 1_000_000 });
    expect(await bob.command('join', { channel })).toMatchObject({ receipts: { bob: { delivered: 1, read: 1 } } });
  });

  test('and unread counts are right after a restart', async () => {
    const channel = 'kept';
    const who = (sub: string) => ({ sub, meetings: [channel] });
    for (const text of ['1', '2', '3']) await site.ask(who('alice'), 'POST', `/channels/${channel}/messages`, { text });
    await site.ask(who('bob'), 'PUT', `/channels/${channel}/receipt`, { read: 1 });
    await site.close();
    site = await openSite({ data });
    expect(await site.ask(who('bob'), 'GET', '/channels')).toMatchObject({
      body: { channels: [{ unread: 2, receipt: { delivered: 1, read: 1 } }] },
    });
    // A lower one after the restart changes nothing, and is told to nobody.
    const [alice, bob] = [await site.connect(who('alice')), await site.connect(who('bob'))];
    for (const client of [alice, bob]) await client.command('join', { channel });
    const heard = listen(alice);
    await bob.command('receipt', { channel, read: 0, delivered: 0 });
    await bob.command('receipt', { channel, read: 2 });
    expect(await heard.until('receipts')).toMatchObject({ receipts: { bob: { delivered: 2, read: 2 } } });
  });

  test('of one message can be asked for, with the time at which it was read', async () => {
    const channel = 'asked';
    const who = (sub: string) => ({ sub, meetings: [channel] });
    const before = Date.now();
    for (const sub of ['bob', 'cara', 'dan']) await site.ask(who(sub), 'POST', `/channels/${channel}/join`);
    await site.ask(who('alice'), 'POST', `/channels/${channel}/messages`, { text: 'who has seen it?' });
    await site.ask(who('bob'), 'PUT', `/channels/${channel}/receipt`, { read: 1 });
    await site.ask(who('cara'), 'PUT', `/channels/${channel}/receipt`, { delivered: 1 });
    await site.ask(who('alice'), 'PUT', `/channels/${channel}/receipt`, { read: 1 });
    const { body } = await site.ask(who('alice'), 'GET', `/channels/${channel}/messages/1/receipts`);
    expect(body).toEqual({
      seq: 1,
      delivered: 2,
      read: 1,
      members: {
        bob: { delivered: true, read: true, readAt: expect.any(Number) },
        cara: { delivered: true, read: false },
        dan: { delivered: false, read: false },
      },
    });
    const { readAt } = (body as { members: { bob: { readAt: number } } }).members.bob;
    expect(readAt).toBeGreaterThanOrEqual(before);
    expect(readAt).toBeLessThanOrEqual(Date.now());
    // What is read later does not make it later.
    await site.ask(who('alice'), 'POST', `/channels/${channel}/messages`, { text: 'and this?' });
    await site.ask(who('bob'), 'PUT', `/channels/${channel}/receipt`, { read: 2 });
    expect((await site.ask(who('alice'), 'GET', `/channels/${channel}/messages/1/receipts`)).body).toMatchObject({
      members: { bob: { readAt } },
    });
    expect(await site.ask(who('alice'), 'GET', `/channels/${channel}/messages/3/receipts`)).toMatchObject(
      refused(404, 'not_found'),
    );
    expect(await site.ask('eve', 'GET', `/channels/${channel}/messages/1/receipts`)).toMatchObject(
      refused(403, 'forbidden'),
    );
  });

  test('are counted and not named in a large channel', async () => {
    const channel = 'large';
    const who = (sub: string) => ({ sub, meetings: [channel] });
    const crowd = Array.from({ length: 201 }, (_, i) => `user-${i}`);
    for (let i = 0; i < crowd.length; i += 20) {
      await Promise.all(crowd.slice(i, i + 20).map((sub) => site.ask(who(sub), 'POST', `/channels/${channel}/join`)));
    }
    await site.ask(who('user-0'), 'POST', `/channels/${channel}/messages`, { text: 'hello, all' });
    const alice = await site.connect(who('user-0'));
    const [phone, laptop] = [await site.connect(who('user-1')), await site.connect(who('user-1'))];
    for (const client of [alice, phone, laptop]) await client.command('join', { channel });
    const [alices, laptops] = [listen(alice), listen(laptop)];
    await phone.command('receipt', { channel, read: 1 });
    await site.ask(who('user-2'), 'PUT', `/channels/${channel}/receipt`, { delivered: 1 });
    expect(await laptops.until('receipts')).toMatchObject({ receipts: { 'user-1': { delivered: 1, read: 1 } } });
    await alices.until('receipts', ({ counts }) => (counts as { delivered: number }).delivered === 2);
    const told = alices.events.filter(({ name }) => name === 'receipts').map(({ data }) => data);
    expect(told.at(-1)).toEqual({ channel, receipts: {}, counts: { seq: 1, delivered: 2, read: 1 } });
    expect(told.every(({ receipts }) => Object.keys(receipts as object).length === 0)).toBe(true);
  });
});
