import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from './storage.ts';
import { appendSuite } from './suite/append-suite.ts';
import { changesSuite } from './suite/changes-suite.ts';
import { channelsSuite } from './suite/channels-suite.ts';
import { channelOf, numbers, seqs } from './suite/make-suite.ts';
import { modelSuite } from './suite/model-suite.ts';
import { receiptsSuite, usersSuite, workersSuite } from './suite/people-suite.ts';
import { auditSuite, erasureSuite, heldSuite, retentionSuite } from './suite/privacy-suite.ts';
import { readsSuite } from './suite/reads-suite.ts';
import { searchModelSuite } from './suite/search-model-suite.ts';
import { searchSuite } from './suite/search-suite.ts';

export type Opened = {
  storage: Storage;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<Storage>;
  /** Closes it and takes its data away. */
  destroy(): Promise<void>;
};

/** What every store must keep, in the words of `storage.ts`. */
export function storageSuite(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened | undefined;
    let storage: Storage;
    const current = () => storage;
    beforeAll(async () => {
      opened = await open();
      storage = opened.storage;
    });
    afterAll(() => opened?.destroy());

    describe('append', () => appendSuite(current));
    describe('append, against a model', () => modelSuite(current));
    describe('changes', () => changesSuite(current));
    describe('reads', () => readsSuite(current));
    describe('search', () => searchSuite(current));
    describe('search, against a model', () => searchModelSuite(current));
    describe('channels', () => channelsSuite(current));
    describe('receipts', () => receiptsSuite(current));
    describe('users', () => usersSuite(current));
    describe('retention', () => retentionSuite(current));
    describe('held messages', () => heldSuite(current));
    describe('erasure', () => erasureSuite(current));
    describe('audit', () => auditSuite(current));
    describe('workers', () => workersSuite(current));

    test('its deployment is its own, and the same whenever it is opened', async () => {
      const { deployment } = storage;
      storage = (await opened?.reopen()) ?? storage;
      expect(storage.deployment).toBe(deployment);
      const another = await open();
      expect(another.storage.deployment).not.toBe(deployment);
      await another.destroy();
    });

    test('a probe of a healthy store resolves', async () => {
      await expect(storage.probe()).resolves.toBeUndefined();
    });

    test('what was stored is there after it was closed and opened again', async () => {
      const channel = await channelOf(storage.log, numbers(3));
      const before = await storage.log.after(channel, 0, 10);
      storage = (await opened?.reopen()) ?? storage;
      expect(await storage.log.after(channel, 0, 10)).toEqual(before);
      expect(seqs((await storage.log.search({ channels: [channel], words: '2', limit: 5 })).messages)).toEqual([2]);
    });
  });
}
