/// <reference types="mocha" />
import { expect } from 'chai';
import fc from 'fast-check';
import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { appendPage, applyEntries, beginPage, type Log, logWindow, prependPage, replacePage, startLog } from './log.ts';

const message = (seq: number, text = `m${seq}`): MessageEntry => ({
  seq,
  type: 'message',
  id: String(seq),
  sender: { id: 'alice', name: 'Alice' },
  text,
  sentAt: seq,
});
const edit = (seq: number, target: number, text: string): Entry => ({
  seq,
  type: 'edit',
  target,
  by: 'alice',
  at: seq,
  text,
});
const remove = (seq: number, target: number): Entry => ({ seq, type: 'delete', target, by: 'alice', at: seq });
const react = (seq: number, target: number, users: string[]): Entry => ({
  seq,
  type: 'reaction',
  target,
  by: 'bob',
  at: seq,
  emoji: '👍',
  on: true,
  reactions: { '👍': users },
});
const messages = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
const seqs = (log: Log) => log.messages.map(({ seq }) => seq);
const texts = (log: Log) => log.messages.map(({ text }) => text);
const fresh = startLog([], false);

describe('the log', () => {
  it('R5: applies entries in order and says how far it is', () => {
    const { log, gap } = applyEntries(fresh, messages(1, 3));
    expect(seqs(log)).to.deep.equal([1, 2, 3]);
    expect(log.head).to.equal(3);
    expect(gap).to.equal(false);
  });

  it('R22: drops what it holds already', () => {
    const first = applyEntries(fresh, messages(1, 3)).log;
    const { log, fresh: news } = applyEntries(first, messages(2, 4));
    expect(seqs(log)).to.deep.equal([1, 2, 3, 4]);
    expect(news.map(({ seq }) => seq)).to.deep.equal([4]);
  });

  it('R22: applies nothing behind a gap, and says that there is one', () => {
    const { log, gap } = applyEntries(applyEntries(fresh, messages(1, 2)).log, messages(4, 5));
    expect(seqs(log)).to.deep.equal([1, 2]);
    expect(gap).to.equal(true);
  });

  it('R6: shows a message as its changes left it', () => {
    const { log } = applyEntries(fresh, [
      ...messages(1, 3),
      edit(4, 1, 'better'),
      remove(5, 2),
      react(6, 3, ['bob']),
      edit(7, 2, ''),
    ]);
    expect(texts(log)).to.deep.equal(['better', '', 'm3']);
    expect(log.messages[0]?.editedAt).to.equal(4);
    expect(log.messages[1]?.deletedAt).to.equal(5);
    expect(log.messages[2]?.reactions).to.deep.equal({ '👍': ['bob'] });
    expect(log.head).to.equal(7);
  });

  it('R6: counts a change to a message that it does not hold, and leaves the rest alone', () => {
    const started = startLog(messages(5, 6), true);
    const { log } = applyEntries(started, [edit(7, 2, 'elsewhere')]);
    expect(texts(log)).to.deep.equal(['m5', 'm6']);
    expect(log.head).to.equal(7);
  });

  it('starts behind the last entry of the first page, so that what came meanwhile is fetched', () => {
    expect(startLog(messages(5, 6), true).head).to.equal(6);
    expect(startLog([], false)).to.deep.equal({ head: 0, messages: [], hasBefore: false, hasAfter: false });
  });

  it('holds a bounded window that moves along while the reader is at the end', () => {
    const { log } = applyEntries(fresh, messages(1, logWindow + 10));
    expect(log.messages.length).to.equal(logWindow);
    expect(log.messages.at(-1)?.seq).to.equal(logWindow + 10);
    expect(log.hasBefore).to.equal(true);
  });

  it('holds the window where the reader is while they are elsewhere', () => {
    const { log } = applyEntries(fresh, messages(1, logWindow + 10), false);
    expect(log.messages[0]?.seq).to.equal(1);
    expect(log.messages.at(-1)?.seq).to.equal(logWindow);
    expect(log.hasAfter).to.equal(true);
    expect(log.head).to.equal(logWindow + 10);
  });

  it('puts older messages before the window, the newest leave it', () => {
    const started = startLog(messages(201, 200 + logWindow), true);
    const log = prependPage(beginPage(started), { messages: messages(151, 200), hasBefore: true, hasAfter: true });
    expect([log.messages[0]?.seq, log.messages.at(-1)?.seq]).to.deep.equal([151, 150 + logWindow]);
    expect([log.hasBefore, log.hasAfter]).to.deep.equal([true, true]);
  });

  it('comes back to the end by pages of newer messages, with what was written meanwhile', () => {
    const started: Log = { head: 20, messages: messages(1, 10), hasBefore: false, hasAfter: true };
    const asked = applyEntries(beginPage(started), [message(21), edit(22, 15, 'changed')]).log;
    const log = appendPage(asked, { messages: messages(11, 20), hasBefore: true, hasAfter: false });
    expect(seqs(log)).to.deep.equal(Array.from({ length: 21 }, (_, i) => i + 1));
    expect(texts(log)[14]).to.equal('changed');
    expect(log.hasAfter).to.equal(false);
    expect(log.meanwhile).to.equal(undefined);
  });

  it('jumps to another place', () => {
    const started = startLog(messages(101, 150), true);
    const log = replacePage(beginPage(started), { messages: messages(20, 40), hasBefore: true, hasAfter: true });
    expect([log.messages[0]?.seq, log.messages.at(-1)?.seq, log.head]).to.deep.equal([20, 40, 150]);
    expect(seqs(applyEntries(log, [message(151)]).log).at(-1)).to.equal(40);
  });

  it('R7: a page that the server read before a change shows the change all the same', () => {
    const started = startLog(messages(11, 12), true);
    const asked = applyEntries(beginPage(started), [edit(13, 3, 'changed')]).log;
    const log = prependPage(asked, { messages: messages(1, 10), hasBefore: false, hasAfter: true });
    expect(texts(log)[2]).to.equal('changed');
  });

  it('R22: ends up the same whatever was delivered twice, late, in pieces or not at all, once it has synced', () => {
    const channel = fc
      .array(fc.tuple(fc.constantFrom('message', 'edit', 'delete'), fc.nat(), fc.string()), {
        minLength: 1,
        maxLength: 60,
      })
      .map((steps) =>
        steps.map(([kind, pick, text], index): Entry => {
          const seq = index + 1;
          const target = (pick % seq) + 1;
          if (kind === 'edit' && target < seq) return edit(seq, target, text);
          if (kind === 'delete' && target < seq) return remove(seq, target);
          return message(seq, text);
        }),
      );
    const deliveries = fc.array(fc.tuple(fc.nat(60), fc.nat(20)), { maxLength: 40 });
    fc.assert(
      fc.property(channel, deliveries, (entries, pieces) => {
        let log = fresh;
        for (const [from, length] of pieces) {
          const before = log.head;
          const applied = applyEntries(log, entries.slice(from, from + length));
          log = applied.log;
          expect(log.head).to.be.at.least(before);
          if (applied.gap) log = applyEntries(log, entries.slice(log.head, log.head + 7)).log;
        }
        log = applyEntries(log, entries.slice(log.head)).log;
        expect(log).to.deep.equal(applyEntries(fresh, entries).log);
      }),
    );
  });
});
