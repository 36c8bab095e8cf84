/// <reference types="mocha" />
import { expect } from 'chai';
import type { MessageEntry } from '../../protocol/entities.ts';
import type { OutboxItem } from '../client/outbox-item.ts';
import { formatsFor } from '../i18n/formats.ts';
import { type Row, rowsOf } from './rows.ts';

const noon = new Date(2026, 4, 12, 12).getTime();
const minute = 60_000;
const message = (seq: number, sender: string, sentAt: number, key?: string): MessageEntry => ({
  seq,
  type: 'message',
  id: String(seq),
  ...(key === undefined ? {} : { key }),
  sender: { id: sender, name: sender },
  text: `m${seq}`,
  sentAt,
});
const item = (key: string, createdAt: number): OutboxItem => ({
  key,
  text: key,
  createdAt,
  state: { name: 'sending' },
});
const rows = (messages: MessageEntry[], outbox: OutboxItem[] = []) =>
  rowsOf({
    messages,
    outbox,
    members: {},
    me: 'alice',
    role: 'participant',
    reach: () => ({ delivered: 0, read: 0 }),
    unreadAfter: undefined,
  });
const kinds = (all: Row[]) => all.map((row) => (row.kind !== 'message' ? row.kind : row.first ? 'first' : 'next'));

describe('what stands on the screen', () => {
  it('groups a sender’s messages until somebody else writes or five minutes pass', () => {
    const all = rows([
      message(1, 'bob', noon),
      message(2, 'bob', noon + minute),
      message(3, 'carol', noon + 2 * minute),
      message(4, 'bob', noon + 3 * minute),
      message(5, 'bob', noon + 9 * minute),
    ]);
    expect(kinds(all)).to.deep.equal(['day', 'first', 'next', 'first', 'first', 'first']);
  });

  it('separates days, and groups nothing over midnight', () => {
    const midnight = new Date(2026, 4, 13).getTime();
    const all = rows([message(1, 'bob', midnight - minute), message(2, 'bob', midnight + minute)]);
    expect(kinds(all)).to.deep.equal(['day', 'first', 'day', 'first']);
  });

  it('puts what is not stored yet at the end, and shows nothing twice', () => {
    const all = rows([message(1, 'alice', noon, 'k1')], [item('k1', noon), item('k2', noon + 1)]);
    expect(all.map(({ key }) => key)).to.deep.equal([all[0]?.key, 'k1', 'k2']);
  });

  it('a message of another sender with the same key is another message', () => {
    const all = rows([message(1, 'bob', noon, 'k1')], [item('k1', noon)]);
    expect(all.map(({ key }) => key).slice(1)).to.deep.equal(['seq-1', 'k1']);
  });
});

describe('times', () => {
  it('are written in the reader’s locale', () => {
    const at = new Date(2026, 4, 12, 15, 4).getTime();
    expect(formatsFor('en-GB').time(at)).to.equal('15:04');
    expect(formatsFor('en-US').time(at)).to.match(/^3:04.PM$/);
    expect(formatsFor('de').day(at, at)).to.equal('heute');
    expect(formatsFor('en').day(at, at + 24 * 60 * minute)).to.equal('yesterday');
    expect(formatsFor('en-GB').day(at, at + 5 * 24 * 60 * minute)).to.match(/Tuesday,? 12 May/);
    expect(formatsFor('en-GB').day(at, new Date(2027, 1, 1).getTime())).to.equal('12 May 2026');
  });
});
