import { afterAll, describe, expect, it, vi } from 'vitest';
import { withService } from '../../test/services/process.ts';
import { findRedis } from '../../test/services/redis.ts';
import { anyTopic, busSuite, entries, listen, patience } from './bus-suite.ts';
import { RedisBus } from './redis-bus.ts';

const redis = await withService(findRedis);
afterAll(() => redis?.stop());

const log = { info: () => {}, warn: () => {} };
describe.skipIf(!redis)('over Redis', () => {
  const open = (deployment = 'tests') => new RedisBus({ redis: { url: redis?.url ?? '', deployment }, log });

  busSuite('the bus of instances that share a Redis', () => open(), { connected: true });

  it('what one deployment tells is not heard in another one', async () => {
    const topic = anyTopic();
    const [alice, bob] = [await listen(open()), await listen(open())];
    const [eve, trudy] = [await listen(open('another')), await listen(open('another'))];
    for (const { bus } of [bob, trudy]) await bus.subscribe(topic);
    alice.bus.publish(topic, entries('standup', 1));
    await vi.waitFor(() => expect(bob.heard).toHaveLength(1), patience);
    // Whatever Redis had for trudy of that comes before this.
    eve.bus.publish(topic, entries('standup', 2));
    await vi.waitFor(() => expect(trudy.heard).not.toEqual([]), patience);
    expect(trudy.heard).toEqual([{ topic, message: entries('standup', 2) }]);
    expect(bob.heard).toEqual([{ topic, message: entries('standup', 1) }]);
    await Promise.all([alice, bob, eve, trudy].map(({ bus }) => bus.close()));
  });
});
