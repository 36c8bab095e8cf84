import type { Receipt } from '../../../protocol/entities.ts';
import type { ReceiptStore } from '../storage.ts';
import type { Database } from './database.ts';

type Row = { user: string; delivered: number; read: number; read_at: number | null };

export function sqliteReceipts(database: Database): ReceiptStore {
  const merge = database.run(
    `insert into receipts (channel, user, delivered, read, read_at) values (?1, ?2, ?3, ?4, iif(?4 > 0, ?5, null))
     on conflict do update set
       delivered = max(delivered, ?3), read = max(read, ?4), read_at = iif(?4 > read, ?5, read_at)`,
  );
  const all = database.all<Row>('select user, delivered, read, read_at from receipts where channel = ?');
  const some = database.all<Row>(
    `select user, delivered, read, read_at from receipts
     where channel = ? and user in (select value from json_each(?))`,
  );
  const ofUser = database.all<{ channel: string } & Receipt>(
    `select channel, delivered, read from receipts
     where channel in (select value from json_each(?)) and user = ?`,
  );
  const count = database.first<Receipt>(
    `select count(*) filter (where delivered >= ?2) as delivered, count(*) filter (where read >= ?2) as read
     from receipts where channel = ?1`,
  );

  return {
    async merge(marks) {
      database.transact(() => {
        for (const { channel, user, delivered, read, at } of marks) merge(channel, user, delivered, read, at);
      });
    },
    async ofChannel(channel, users) {
      const rows = users ? some(channel, JSON.stringify(users)) : all(channel);
      return new Map(
        rows.map(({ user, delivered, read, read_at }) => [
          user,
          { delivered, read, ...(read_at !== null && { readAt: read_at }) },
        ]),
      );
    },
    async ofUser(user, channels) {
      const rows = ofUser(JSON.stringify(channels), user);
      return new Map(rows.map(({ channel, delivered, read }) => [channel, { delivered, read }]));
    },
    countAt: async (channel, seq) => count(channel, seq) ?? { delivered: 0, read: 0 },
  };
}
