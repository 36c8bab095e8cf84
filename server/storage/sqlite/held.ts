import type { HeldMessage, HeldStore } from '../storage.ts';
import type { Database } from './database.ts';
import { waiting } from './schema.ts';

type Row = { body: string };

export function sqliteHeld(database: Database): HeldStore {
  const put = database.run('insert into held values (?, ?, ?, ?, ?) on conflict do nothing');
  const get = database.first<Row>('select body from held where channel = ? and user = ? and key = ?');
  const list = database.all<Row>(`select body from held where channel = ? and ${waiting} order by at limit ?`);
  // Named, because to the planner the key would do: it leads through all that was decided.
  const count = database.first<{ count: number }>(
    `select count(*) as count from (select 1 from held indexed by held_waiting where channel = ? and ${waiting} limit ?)`,
  );
  const settle = database.run(
    `update held set body = json_set(body, '$.state', ?4, '$.text', iif(?4 = 'approving', body ->> 'text', ''))
     where channel = ?1 and user = ?2 and key = ?3 and body ->> 'state' in (select value from json_each(?5))`,
  );
  const expire = database.run('delete from held where channel = ? and at < ?');
  // Bodies are written here alone, so what is read back has the type that was written.
  const messageOf = ({ body }: Row) => JSON.parse(body) as HeldMessage;

  return {
    async put(message) {
      put(message.channel, message.sender.id, message.key, message.at, JSON.stringify(message));
    },
    async get({ channel, user, key }) {
      const row = get(channel, user, key);
      return row && messageOf(row);
    },
    list: async (channel, limit) => list(channel, limit).map(messageOf),
    count: async (channel, limit) => count(channel, limit)?.count ?? 0,
    settle: async ({ channel, user, key }, from, state) =>
      settle(channel, user, key, state, JSON.stringify(from)).changes > 0,
    expire: async (channel, time) => expire(channel, time).changes > 0,
  };
}
