import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Channel } from '../../protocol/entities.ts';
import { StoreAway } from '../storage/store-away.ts';
import { Revalidation, type RevalidationOptions } from './revalidation.ts';

const standup = (title: string): Channel => ({
  id: 'standup',
  kind: 'meeting',
  title,
  settings: { state: 'open', directMessages: true },
});

let stored = { channel: standup('as it began'), revision: '1', isAway: false };
let told: string[] = [];
let revalidation: Revalidation;

beforeEach(async () => {
  stored = { channel: standup('as it began'), revision: '1', isAway: false };
  told = [];
  const answered = <Answer>(answer: Answer) =>
    stored.isAway ? Promise.reject(new StoreAway('away')) : Promise.resolve(answer);
  revalidation = new Revalidation({
    storage: {
      channels: {
        revisions: () => answered(new Map([['standup', stored.revision]])),
        get: () => answered(stored.channel),
        membersNamed: () => answered(new Map()),
      },
    },
    bus: { up: true },
    sessions: { users: () => [] },
    membership: { channelChanged: () => undefined, in: () => [] },
    open: () => ['standup'],
    tell: ({ title }: Channel) => told.push(title),
    log: { warn: () => undefined },
    now: Date.now,
  } as unknown as RevalidationOptions);
  await revalidation.run(false);
});
afterEach(() => revalidation.stop());

it('whoever opens a channel is told nothing that the join has told', () => {
  expect(told).toEqual([]);
});

it('R26: where two instances alter a channel at once, the joined end with what is stored, whose word came last here', async () => {
  stored = { ...stored, channel: standup('the later one'), revision: '3' };
  revalidation.told(standup('the later one'));
  revalidation.told(standup('the earlier one'));
  await revalidation.run(false);
  await revalidation.run(false);
  expect(told).toEqual(['the later one']);
});

it('what was told, and is so, is not told again', async () => {
  stored = { ...stored, channel: standup('another'), revision: '2' };
  revalidation.told(standup('another'));
  await revalidation.run(false);
  await revalidation.run(true);
  expect(told).toEqual([]);
});

it('of a change that the bus did not tell, because it was away, the joined hear once', async () => {
  stored = { ...stored, channel: standup('unheard of'), revision: '2' };
  await revalidation.run(true);
  await revalidation.run(true);
  expect(told).toEqual(['unheard of']);
});

it('R26: of a change just before the bus was found to be away they hear as well', async () => {
  stored = { ...stored, channel: standup('unheard of'), revision: '2' };
  await revalidation.run(false);
  await revalidation.run(false);
  expect(told).toEqual([]);
  await revalidation.run(true);
  await revalidation.run(true);
  expect(told).toEqual(['unheard of']);
});

it('where the store does not answer, the next look tells', async () => {
  revalidation.told(standup('the earlier one'));
  stored = { ...stored, channel: standup('the later one'), isAway: true };
  await revalidation.run(false);
  stored.isAway = false;
  await revalidation.run(false);
  expect(told).toEqual(['the later one']);
});
