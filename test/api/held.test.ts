import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventOf } from '../../protocol/events.ts';
import type { BusHandlers } from '../../server/bus/bus.ts';
import { LocalBus } from '../../server/bus/local-bus.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { removeDir, tempDir } from '../services/process.ts';
import { type Heard, listen, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const organizer = (meeting: string, sub = 'olga') => ({ sub, meetings: { [meeting]: 'organizer' as const } });
const participant = (meeting: string, sub = 'bob') => ({ sub, meetings: [meeting] });

/** A meeting in which texts with "acme" wait for an organizer. */
async function holding(meeting: string): Promise<void> {
  await site.ask(organizer(meeting), 'POST', '/channels', { kind: 'meeting', id: meeting });
  const filter = { action: 'hold', english: false, words: ['acme'] };
  await site.ask(organizer(meeting), 'PATCH', `/channels/${meeting}`, { settings: { filter } });
}

async function say(meeting: string, key: string, sub = 'bob'): Promise<number> {
  const { status } = await site.ask(participant(meeting, sub), 'POST', `/channels/${meeting}/messages`, {
    key,
    text: 'about acme',
  });
  return status;
}

const told = ({ events }: Heard) => events.filter(({ name }) => name === 'held').map(({ data }) => data);
const ofCount = (count: number) => (data: Record<string, unknown>) => data.count === count;

test('R45: an organizer is told how many messages wait, with each that comes and each that is decided on', async () => {
  await holding('told');
  expect(await say('told', 'before')).toBe(409);
  const olga = await site.connect(organizer('told'));
  const { until } = listen(olga);
  expect(await olga.command('join', { channel: 'told' })).toMatchObject({ held: 1 });
  expect(await say('told', 'one')).toBe(409);
  expect(await until('held')).toEqual({ channel: 'told', count: 2 } satisfies EventOf<'held'>);
  await site.ask(organizer('told', 'otto'), 'DELETE', '/channels/told/held/bob/before');
  await until('held', ofCount(1));
  await site.ask(organizer('told', 'otto'), 'POST', '/channels/told/held/bob/one');
  await until('held', ofCount(0));
  // The same message, sent again, is none that waits.
  expect(await say('told', 'one')).toBe(201);
  expect(await olga.command('join', { channel: 'told', since: 0 })).toMatchObject({ held: 0 });
});

test('R45: how many wait is told to organizers alone, also of two connections of a user', async () => {
  await holding('alone');
  const clients = [await site.connect(participant('alone')), await site.connect(participant('alone', 'otto'))];
  const others = clients.map(listen);
  for (const client of clients) {
    expect(await client.command('join', { channel: 'alone' })).not.toHaveProperty('held');
  }
  const otto = await site.connect(organizer('alone', 'otto'));
  const heard = listen(otto);
  await otto.command('join', { channel: 'alone' });
  await say('alone', 'one');
  await heard.until('held', ofCount(1));
  // Behind whatever else was told.
  await site.ask(organizer('alone'), 'POST', '/channels/alone/held/bob/one');
  await heard.until('held', ofCount(0));
  await site.ask(organizer('alone'), 'PATCH', '/channels/alone', { settings: { directMessages: false } });
  for (const other of others) {
    await other.until('channel');
    expect(told(other)).toEqual([]);
  }
});

test('R45: the writer alone is told of a refusal, on each of their connections, and then what the message was refused for', async () => {
  await holding('refused');
  await say('refused', 'one');
  const devices = [await site.connect(participant('refused')), await site.connect(participant('refused'))];
  const olga = await site.connect(organizer('refused'));
  const [phone, laptop, other] = [...devices, olga].map(listen);
  for (const client of [...devices, olga]) await client.command('join', { channel: 'refused' });
  await site.ask(organizer('refused', 'otto'), 'DELETE', '/channels/refused/held/bob/one');
  const news = { channel: 'refused', key: 'one' } satisfies EventOf<'refused'>;
  for (const writer of [phone, laptop]) expect(await writer?.until('refused')).toEqual(news);
  expect(await say('refused', 'one')).toBe(400);
  await site.ask(organizer('refused'), 'PATCH', '/channels/refused', { settings: { directMessages: false } });
  await other?.until('channel');
  expect(other?.events.filter(({ name }) => name === 'refused')).toEqual([]);
});

test('R45: whoever is made an organizer is told what waits, and whoever is one no longer is not', async () => {
  await holding('made');
  await say('made', 'one');
  const zoe = await site.connect(participant('made', 'zoe'));
  const heard = listen(zoe);
  await zoe.command('join', { channel: 'made' });
  const make = (role: string) => site.ask(organizer('made'), 'PUT', '/channels/made/members/zoe', { role });
  await make('organizer');
  await heard.until('held', ofCount(1));
  await make('participant');
  const olga = await site.connect(organizer('made'));
  const { until } = listen(olga);
  await olga.command('join', { channel: 'made' });
  await say('made', 'two');
  await until('held', ofCount(2));
  await site.ask(organizer('made'), 'PATCH', '/channels/made', { settings: { directMessages: false } });
  await heard.until('channel');
  expect(told(heard)).toEqual([{ channel: 'made', count: 1 }]);
});

test('R45: what waits of a user who is erased waits no longer, and more than a hundred are told as a hundred', async () => {
  await holding('many');
  for (let i = 0; i < 101; i += 1) await say('many', `k${i}`, 'mallory');
  const olga = await site.connect(organizer('many'));
  const { until } = listen(olga);
  expect(await olga.command('join', { channel: 'many' })).toMatchObject({ held: 100 });
  const mallory = await site.connect(participant('many', 'mallory'));
  await mallory.command('join', { channel: 'many' });
  await site.ask(participant('many', 'mallory'), 'DELETE', '/users/mallory');
  await until('held', ofCount(0));
});

test('R45: what came to wait at another instance while the bus was away is told when it is back', async () => {
  const data = tempDir('held');
  const storage = await openStorage(`file:${data}/chat.db`);
  let handlers: BusHandlers | undefined;
  const bus = Object.assign(new LocalBus(), {
    async start(given: BusHandlers) {
      handlers = given;
    },
  });
  const here = await openSite({ overrides: { storage, bus } });
  const olga = await here.connect(organizer('cut'));
  const { until } = listen(olga);
  await olga.command('join', { channel: 'cut' });
  await storage.held.put({
    channel: 'cut',
    key: 'one',
    at: 1,
    state: 'waiting',
    text: 'about acme',
    sender: { id: 'bob', name: 'Bob' },
  });
  handlers?.restored();
  expect(await until('held')).toEqual({ channel: 'cut', count: 1 });
  await here.close();
  removeDir(data);
});
