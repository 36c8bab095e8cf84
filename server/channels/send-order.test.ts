import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../protocol/errors.ts';
import { passingCaller } from '../auth/caller.ts';
import type { Identity } from '../auth/identity.ts';
import { ChatError } from '../chat-error.ts';
import { leavePlace, nextPlace, notStored, takePlace } from './send-order.ts';

const identity: Identity = { user: 'alice', name: 'Alice', meetings: new Map(), expiresAt: 0, service: false };

/** Alice, and a store that is away while the test says so. */
function sender() {
  const caller = passingCaller(identity, async () => []);
  const state: { away: boolean; reason: ErrorCode; now: number } = { away: false, reason: 'unavailable', now: 0 };
  const log: string[] = [];
  const send = (key: string, channel = 'standup') => {
    const place = nextPlace(channel, key);
    try {
      takePlace(caller, place, state.now);
    } catch (error) {
      return error instanceof ChatError ? error.code : error;
    }
    if (state.away) {
      notStored(caller, place, new ChatError(state.reason), state.now);
      return state.reason;
    }
    leavePlace(caller, place);
    log.push(key);
    return key;
  };
  return { caller, state, log, send };
}

describe('Messages that are sent without waiting', () => {
  it('are stored as they come', () => {
    const { log, send } = sender();
    for (const key of ['a', 'b', 'c']) send(key);
    expect(log).toEqual(['a', 'b', 'c']);
  });

  it('wait for one whose second attempt was refused before its first', () => {
    const { caller } = sender();
    const attempt = (key: string) => {
      const place = nextPlace('standup', key);
      takePlace(caller, place);
      return place;
    };
    const [first, behind, again] = [attempt('a'), attempt('b'), attempt('a')];
    for (const place of [again, first, behind]) notStored(caller, place, new ChatError('unavailable'));
    expect(() => attempt('b')).toThrow(ChatError);
    leavePlace(caller, attempt('a'));
    expect(() => attempt('b')).not.toThrow();
  });

  it('wait for one that was refused before them, and come in the order in which they were sent', () => {
    const { log, send, state } = sender();
    state.away = true;
    expect([send('a'), send('b')]).toEqual(['unavailable', 'unavailable']);
    state.away = false;
    expect(send('c')).toBe('unavailable');
    expect(send('b')).toBe('unavailable');
    expect(['a', 'b', 'c', 'd'].map((key) => send(key))).toEqual(['a', 'b', 'c', 'd']);
    expect(log).toEqual(['a', 'b', 'c', 'd']);
  });

  it('have their places from their first attempt on, though a later one is refused first', () => {
    const { caller } = sender();
    const attempt = (key: string) => {
      const place = nextPlace('standup', key);
      takePlace(caller, place);
      return place;
    };
    const tried = (key: string) => {
      try {
        attempt(key);
        return 'tried';
      } catch {
        return 'refused';
      }
    };
    const [a, b] = [attempt('a'), attempt('b')];
    for (const place of [b, a]) notStored(caller, place, new ChatError('unavailable'));
    expect(tried('b')).toBe('refused');
    expect([tried('a'), tried('b')]).toEqual(['tried', 'tried']);
    leavePlace(caller, a);
    leavePlace(caller, b);
    expect(tried('c')).toBe('tried');
  });

  it('keep their places when they are refused again', () => {
    const { log, send, state } = sender();
    state.away = true;
    for (const key of ['a', 'b', 'c', 'a', 'b']) send(key);
    state.away = false;
    expect(send('c')).toBe('unavailable');
    for (const key of ['a', 'b', 'c']) send(key);
    expect(log).toEqual(['a', 'b', 'c']);
  });

  it('keep their places as long as they come again, however long those before them take', () => {
    const { caller } = sender();
    const order: string[] = [];
    const comes = (key: string, now: number) => {
      const place = nextPlace('standup', key);
      try {
        takePlace(caller, place, now);
      } catch {
        return;
      }
      order.push(key);
    };
    const keys = Array.from({ length: 30 }, (_, i) => `key-${i}`);
    notStored(caller, nextPlace('standup', 'key-0'), new ChatError('unavailable'), 0);
    for (const key of keys.slice(1)) comes(key, 100);
    expect(order).toEqual([]);
    // Each time the last come first; so of those that wait one goes on, and all the others are behind it.
    for (let now = 1_000; order.length < keys.length; now += 350)
      for (const key of keys.slice(order.length).reverse()) comes(key, now);
    expect(order).toEqual(keys);
  });

  it('do not wait for one that was refused for good', () => {
    const { send, state } = sender();
    Object.assign(state, { away: true, reason: 'closed' });
    expect(send('a')).toBe('closed');
    state.away = false;
    expect(send('b')).toBe('b');
  });

  it('do not wait for one that was given up, or is in another channel', () => {
    const { log, send, state } = sender();
    state.away = true;
    send('b');
    state.away = false;
    expect(send('c', 'retro')).toBe('c');
    expect(send('d')).toBe('unavailable');
    state.now += 60_000;
    expect(send('e')).toBe('e');
    expect(log).toEqual(['c', 'e']);
  });

  it('are taken again from one who never repeats what was refused, and goes on', () => {
    const { send, state } = sender();
    state.away = true;
    send('first');
    state.away = false;
    const sent = Array.from({ length: 100 }, (_, i) => {
      state.now += 100;
      return send(`key-${i}`);
    });
    expect(sent.indexOf('key-0')).toBe(-1);
    expect(sent.slice(60)).not.toContain('unavailable');
  });

  it('are not remembered without bound', () => {
    const { send, state } = sender();
    state.away = true;
    for (let i = 0; i < 3_000; i += 1) send(`key-${i}`);
    state.away = false;
    expect(send('key-0')).toBe('unavailable');
    expect(send('key-1001')).toBe('key-1001');
  });
});
