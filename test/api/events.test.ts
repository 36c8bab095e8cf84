import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandName, commandSchemas } from '../../protocol/commands.ts';
import { limits } from '../../protocol/limits.ts';
import { commands } from '../../server/commands/index.ts';
import type { TestClient } from '../client.ts';
import { groupOf, openSite, type Site } from './site.ts';

// Every event by the same questions; what is asked of the form alone is in test/process/bad-input.test.ts.

type Row = {
  payload: (where: Where) => object;
  /** Missing, of another type, too long. */
  invalid: object[];
  tooLarge?: object;
  /** Not for the muted, nor for those whom the other one of a direct channel has blocked. */
  writes?: true;
  /** About a message that may not be there. */
  target?: true;
  /** About no channel, or of no harm in one that is not theirs. */
  own?: true;
};
type Where = { channel: string; seq: number };

const long = 'x'.repeat(limits.textBytes + 1);
const rows: { [Name in CommandName]: Row } = {
  join: {
    payload: ({ channel }) => ({ channel, since: 0 }),
    invalid: [{}, { channel: 'a b' }, { since: -1 }, { limit: 201 }, { passcode: 7 }],
  },
  leave: { payload: ({ channel }) => ({ channel }), invalid: [{ channel: 7 }, { channel: '' }], own: true },
  send: {
    payload: ({ channel }) => ({ channel, key: `k${Math.random()}`, text: 'hi' }),
    invalid: [{ key: 'a b' }, { key: 'x'.repeat(65) }, { text: '' }, { text: 5 }, { replyTo: 0 }, { mentions: 'bob' }],
    tooLarge: { text: long },
    writes: true,
  },
  edit: {
    payload: ({ channel, seq }) => ({ channel, seq, text: 'other' }),
    invalid: [{ seq: 0 }, { seq: '1' }, { text: null }],
    tooLarge: { text: long },
    writes: true,
    target: true,
  },
  delete: {
    payload: ({ channel, seq }) => ({ channel, seq }),
    invalid: [{ seq: 1.5 }, { seq: null }],
    writes: true,
    target: true,
  },
  react: {
    payload: ({ channel, seq }) => ({ channel, seq, emoji: '👍', on: true }),
    invalid: [{ emoji: '' }, { emoji: 'x'.repeat(65) }, { emoji: 'a b' }, { on: 'yes' }],
    writes: true,
    target: true,
  },
  sync: { payload: ({ channel }) => ({ channel, since: 0 }), invalid: [{ since: '0' }, { limit: 0 }] },
  history: {
    payload: ({ channel }) => ({ channel }),
    invalid: [{ before: 0 }, { around: 'x' }, { before: 1, after: 1 }, { limit: 201 }],
  },
  search: {
    payload: ({ channel }) => ({ channel, q: 'hi' }),
    invalid: [{ q: 7 }, { q: 'x'.repeat(201) }, { mentions: 'you' }, { from: {} }, { q: '' }],
  },
  receipt: { payload: ({ channel }) => ({ channel, read: 1 }), invalid: [{ read: -1 }, { delivered: '1' }] },
  typing: { payload: ({ channel }) => ({ channel, on: true }), invalid: [{ on: 1 }], writes: true },
  heartbeat: { payload: () => ({ heads: {} }), invalid: [{ heads: [] }, { heads: { a: -1 } }], own: true },
  authenticate: {
    payload: () => ({ token: site.tokenOf('bob') }),
    invalid: [{ token: 7 }, { token: 'x'.repeat(20_000) }],
    own: true,
  },
};

let site: Site;
let bob: TestClient;
beforeAll(async () => {
  site = await openSite();
  bob = await site.connect('bob');
});
afterAll(() => site?.close());

const refusal = (code: string) => ({ ok: false, error: { code, message: expect.stringMatching(/./) } });

async function scene(): Promise<Where> {
  const { id: channel, seq } = await groupOf(site);
  return { channel, seq };
}

test('R11: every event of the protocol is asked here, and has its handler', () => {
  expect(Object.keys(rows).toSorted()).toEqual(Object.keys(commandSchemas).toSorted());
  expect(Object.keys(commands).toSorted()).toEqual(Object.keys(commandSchemas).toSorted());
});

const whereIt = (applies: unknown) => (title: string, run: () => Promise<void>) => {
  if (applies) test(title, run);
};

describe.each(Object.entries(rows) as [CommandName, Row][])('R9 R11 R36: %s', (name, row) => {
  test('right', async () => {
    expect(await bob.ask(name, row.payload(await scene()))).toMatchObject({ ok: true });
  });

  test('wrong type, missing, too long', async () => {
    const where = await scene();
    expect(await bob.ask(name, undefined)).toEqual(refusal('invalid'));
    const good = row.payload(where);
    for (const wrong of row.invalid) {
      const payload = Object.keys(wrong).length === 0 ? wrong : { ...good, ...wrong };
      expect({ wrong, ...(await bob.ask(name, payload)) }).toMatchObject({ wrong, ...refusal('invalid') });
    }
    if (row.tooLarge) expect(await bob.ask(name, { ...good, ...row.tooLarge })).toEqual(refusal('too_large'));
  });

  whereIt(!row.own)('to a stranger and to the removed it is as if there were no such channel', async () => {
    const where = await scene();
    const cara = await site.connect('cara');
    await site.ask('alice', 'DELETE', `/channels/${where.channel}/members/cara`);
    const stranger = await site.connect('stranger');
    const unknown = await stranger.ask(name, row.payload({ channel: 'no-such-channel', seq: 1 }));
    expect(unknown).toEqual(refusal('forbidden'));
    expect(await stranger.ask(name, row.payload(where))).toEqual(unknown);
    expect(await cara.ask(name, row.payload(where))).toEqual(unknown);
  });

  whereIt(row.writes)('not by one who is muted or blocked, nor when the channel has ended', async () => {
    const where = await scene();
    await bob.command('join', { channel: where.channel });
    await site.ask('alice', 'PUT', `/channels/${where.channel}/members/bob`, { muted: true });
    const muted = await bob.ask(name, row.payload(where));
    expect(muted).toEqual(refusal('forbidden'));
    await site.ask('alice', 'PUT', `/channels/${where.channel}/members/bob`, { muted: false });
    await site.ask('alice', 'PATCH', `/channels/${where.channel}`, { state: 'ended' });
    expect(await bob.ask(name, row.payload(where))).toEqual(refusal('closed'));

    const direct = { sender_ID: 'bob', receiver_ID: 'dan', type: 'text', text: 'hi' };
    const { channel, seq } = (await site.ask('bob', 'POST', '/messages', direct)).body as Where;
    await bob.command('join', { channel });
    await site.ask('dan', 'PUT', '/users/me/blocked/bob');
    // Nobody is told by the answer that it was a block.
    expect(await bob.ask(name, row.payload({ channel, seq }))).toEqual(muted);
    await site.ask('dan', 'DELETE', '/users/me/blocked/bob');
    expect(await bob.ask(name, row.payload({ channel, seq }))).toMatchObject({ ok: true });
  });

  whereIt(row.target)('of a message that is not there', async () => {
    const { channel } = await scene();
    expect(await bob.ask(name, row.payload({ channel, seq: 999 }))).toEqual(refusal('not_found'));
  });
});

test('R11: a connection joins so many channels and no more, also when it asks for all of them at once', async () => {
  const meetings = Array.from({ length: limits.channelsPerConnection + 5 }, (_, i) => `many-${i}`);
  const erin = await site.connect({ sub: 'erin', meetings });
  const joined = await Promise.all(meetings.map((channel) => erin.ask('join', { channel })));
  expect(joined.filter(({ ok }) => ok)).toHaveLength(limits.channelsPerConnection);
  expect(joined.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 5 }, () => refusal('conflict')));
});
