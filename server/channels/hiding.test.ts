import { describe, expect, it } from 'vitest';
import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { entriesFor, eventFor, hasPartOf } from './hiding.ts';

const mallory = new Set(['mallory']);
const message = (sender: string, more: Partial<MessageEntry> = {}): MessageEntry => ({
  seq: 1,
  type: 'message',
  id: '7',
  key: 'key',
  sender: { id: sender, name: 'A marker name', role: 'organizer' },
  text: 'a marker',
  sentAt: 1,
  ...more,
});
const entries: { [what: string]: Entry } = {
  'a message': message('mallory', { mentions: ['bob'], replyTo: 3, reactions: { 'marker-emoji': ['bob'] } }),
  'an edit': { seq: 2, type: 'edit', target: 1, by: 'mallory', at: 1, text: 'a marker', mentions: ['bob'] },
  'a reaction': {
    seq: 3,
    type: 'reaction',
    target: 1,
    by: 'mallory',
    at: 1,
    emoji: 'a-marker',
    on: true,
    reactions: { marker: ['mallory'] },
  },
  'another’s message that they reacted to': message('bob', {
    text: 'mine',
    sender: { id: 'bob', name: 'Bob' },
    reactions: { marker: ['mallory'], '👍': ['bob', 'mallory'] },
  }),
};

describe('For somebody who has blocked its sender', () => {
  it.each(Object.entries(entries))('%s keeps its place and loses what they said', (_what, entry) => {
    expect(hasPartOf(mallory, entry)).toBe(true);
    const [seen] = entriesFor(mallory, [entry]);
    expect(seen).toMatchObject({ seq: entry.seq, type: entry.type });
    expect(JSON.stringify(seen)).not.toContain('marker');
  });

  it('others’ reactions stay', () => {
    const [seen] = entriesFor(mallory, [entries['another’s message that they reacted to'] ?? message('bob')]);
    expect(seen).toMatchObject({ text: 'mine', reactions: { '👍': ['bob'] } });
  });

  it('an event is told without them, and not at all when it is about nobody else', () => {
    const receipts = { mallory: { delivered: 1, read: 1 }, bob: { delivered: 1, read: 0 } };
    expect(eventFor(mallory, { name: 'receipts', payload: { channel: 'm', receipts } })).toEqual({
      name: 'receipts',
      payload: { channel: 'm', receipts: { bob: { delivered: 1, read: 0 } } },
    });
    const members = { mallory: { state: 'online' as const } };
    expect(eventFor(mallory, { name: 'presence', payload: { channel: 'm', members } })).toBeUndefined();
    expect(eventFor(mallory, { name: 'typing', payload: { channel: 'm', user: 'mallory', on: true } })).toBeUndefined();
  });
});

describe('For everybody else', () => {
  it('it is the very same', () => {
    const all = Object.values(entries);
    expect(entriesFor(new Set(), all)).toBe(all);
    const event = { name: 'typing', payload: { channel: 'm', user: 'bob', on: true } } as const;
    expect(eventFor(mallory, event)).toBe(event);
  });
});
