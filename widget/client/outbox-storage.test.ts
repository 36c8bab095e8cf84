/// <reference types="mocha" />
import { expect } from 'chai';
import { browserOutbox } from './outbox-idb.ts';
import type { OutboxItem } from './outbox-item.ts';
import { journaled } from './outbox-journal.ts';
import { memoryOutbox, type OutboxStorage } from './outbox-storage.ts';

const standup = { server: 'https://chat.example/', user: 'alice', channel: 'standup' };
const item = (key: string, createdAt: number): OutboxItem => ({
  key,
  text: key,
  createdAt,
  state: { name: 'sending' },
});

const kinds: { [name: string]: () => OutboxStorage } = {
  'in memory': memoryOutbox,
  'with a journal': () => journaled(memoryOutbox()),
  'in the browser': () => browserOutbox(`outbox-${crypto.randomUUID()}`),
};

for (const [name, make] of Object.entries(kinds)) {
  describe(`R21: an outbox ${name}`, () => {
    it('gives back what was put, oldest first', async () => {
      const storage = make();
      await Promise.all([storage.put(standup, item('b', 2)), storage.put(standup, item('a', 1))]);
      expect(await storage.load(standup)).to.deep.equal([item('a', 1), item('b', 2)]);
    });

    it('keeps users, channels and servers apart', async () => {
      const storage = make();
      await storage.put(standup, item('a', 1));
      expect(await storage.load({ ...standup, user: 'bob' })).to.deep.equal([]);
      expect(await storage.load({ ...standup, channel: 'retro' })).to.deep.equal([]);
      expect(await storage.load({ ...standup, server: 'https://other.example/' })).to.deep.equal([]);
    });

    it('replaces an item, and forgets it as often as it is told', async () => {
      const storage = make();
      await storage.put(standup, item('a', 1));
      const failed: OutboxItem = { ...item('a', 1), state: { name: 'failed', code: 'too_large' } };
      await storage.put(standup, failed);
      expect(await storage.load(standup)).to.deep.equal([failed]);
      await storage.remove('a');
      await storage.remove('a');
      expect(await storage.load(standup)).to.deep.equal([]);
    });
  });
}

describe('R21: an outbox in the browser', () => {
  it('is found by the next page', async () => {
    const name = `outbox-${crypto.randomUUID()}`;
    await browserOutbox(name).put(standup, item('a', 1));
    expect(await browserOutbox(name).load(standup)).to.deep.equal([item('a', 1)]);
  });

  it('goes on in memory where storage is denied', async () => {
    const open = indexedDB.open;
    Object.defineProperty(indexedDB, 'open', {
      configurable: true,
      value: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      const storage = browserOutbox(`outbox-${crypto.randomUUID()}`);
      await storage.put(standup, item('a', 1));
      expect(await storage.load(standup)).to.deep.equal([item('a', 1)]);
      await storage.remove('a');
      expect(await storage.load(standup)).to.deep.equal([]);
    } finally {
      Object.defineProperty(indexedDB, 'open', { configurable: true, value: open });
    }
  });
});

describe('R21: an outbox with a journal', () => {
  it('has an item that its storage does not have yet, from the very moment it was put', async () => {
    const slow: OutboxStorage = { ...memoryOutbox(), put: () => new Promise(() => {}) };
    void journaled(slow).put(standup, item('journal-a', 1));
    const next = journaled(memoryOutbox());
    expect(await next.load(standup)).to.deep.equal([item('journal-a', 1)]);
    expect(await next.load({ ...standup, user: 'bob' })).to.deep.equal([]);
    await next.remove('journal-a');
    expect(await next.load(standup)).to.deep.equal([]);
  });

  it('leaves nothing in the journal of what its storage has', async () => {
    const before = localStorage.length;
    await journaled(memoryOutbox()).put(standup, item('a', 1));
    expect(localStorage.length).to.equal(before);
  });

  it('goes on without one where it is denied', async () => {
    const storage = journaled(memoryOutbox(), () => {
      throw new DOMException('denied', 'SecurityError');
    });
    await storage.put(standup, item('a', 1));
    expect(await storage.load(standup)).to.deep.equal([item('a', 1)]);
  });
});
