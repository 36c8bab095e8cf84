import type { Receipt } from '../../../protocol/entities.ts';
import { passedAt, type ReadingStep, stepsKept } from '../reading-steps.ts';
import type { ReceiptStore } from '../storage.ts';
import type { Database } from './database.ts';

type Row = Receipt & { user: string };
type Steps = { steps: string };

function stepsOf({ steps }: Steps): ReadingStep[] {
  return JSON.parse(steps) as ReadingStep[];
}

export function sqliteReceipts(database: Database): ReceiptStore {
  const merge = database.run(
    `insert into receipts (channel, user, delivered, read, steps) values (?1, ?2, ?3, ?4, ?5)
     on conflict do update set delivered = max(delivered, ?3), read = max(read, ?4), steps = ?5`,
  );
  const before = database.first<Steps & { read: number }>(
    'select read, steps from receipts where channel = ? and user = ?',
  );
  const all = database.all<Row>('select user, delivered, read from receipts where channel = ?');
  const some = database.all<Row>(
    'select user, delivered, read from receipts where channel = ? and user in (select value from json_each(?))',
  );
  const whoRead = database.all<Steps & { user: string }>(
    `select user, steps from receipts
     where channel = ? and read >= ? and user in (select value from json_each(?))`,
  );
  const ofUser = database.all<{ channel: string } & Receipt>(
    `select channel, delivered, read from receipts
     where channel in (select value from json_each(?)) and user = ?`,
  );
  const count = database.first<Receipt>(
    `select count(*) filter (where delivered >= ?2) as delivered, count(*) filter (where read >= ?2) as read
     from receipts where channel = ?1`,
  );

  function stepsAfter(channel: string, user: string, read: number, at: number): ReadingStep[] {
    const old = before(channel, user) ?? { read: 0, steps: '[]' };
    return read > old.read ? [...stepsOf(old), { seq: read, at }].slice(-stepsKept) : stepsOf(old);
  }

  return {
    async merge(marks) {
      database.transact(() => {
        for (const { channel, user, delivered, read, at } of marks)
          merge(channel, user, delivered, read, JSON.stringify(stepsAfter(channel, user, read, at)));
      });
    },
    async ofChannel(channel, users) {
      const rows = users ? some(channel, JSON.stringify(users)) : all(channel);
      return new Map(rows.map(({ user, delivered, read }) => [user, { delivered, read }]));
    },
    async ofUser(user, channels) {
      const rows = ofUser(JSON.stringify(channels), user);
      return new Map(rows.map(({ channel, delivered, read }) => [channel, { delivered, read }]));
    },
    async readAt(channel, seq, users) {
      const rows = whoRead(channel, seq, JSON.stringify(users));
      return new Map(rows.map((row) => [row.user, passedAt(stepsOf(row), seq) ?? 0]));
    },
    countAt: async (channel, seq) => count(channel, seq) ?? { delivered: 0, read: 0 },
  };
}
