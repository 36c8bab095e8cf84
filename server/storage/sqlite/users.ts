import type { StoredUser, UserStore } from '../storage.ts';
import type { Database } from './database.ts';

type Row = { id: string; name: string; picture: string | null; provider: string | null; last_seen: number | null };

function userOf(row: Row): StoredUser {
  return {
    id: row.id,
    name: row.name,
    ...(row.picture !== null && { picture: row.picture }),
    ...(row.provider !== null && { provider: row.provider }),
    ...(row.last_seen !== null && { lastSeen: row.last_seen }),
  };
}

export function sqliteUsers(database: Database): UserStore {
  const put = database.run(
    `insert into users (id, name, picture, provider) values (?1, ?2, ?3, ?4)
     on conflict do update set name = ?2, picture = ?3, provider = ?4`,
  );
  const get = database.all<Row>('select * from users where id in (select value from json_each(?))');
  // Someone who was seen before their profile came goes by their id until then.
  const seen = database.run(
    `insert into users (id, name, last_seen) values (?1, ?1, ?2)
     on conflict do update set last_seen = max(coalesce(last_seen, 0), ?2)`,
  );
  const block = database.run('insert into blocks (user, blocked) values (?, ?) on conflict do nothing');
  const unblock = database.run('delete from blocks where user = ? and blocked = ?');
  const blockedBy = database.all<{ blocked: string }>('select blocked from blocks where user = ? order by blocked');

  return {
    async put({ id, name, picture, provider }) {
      put(id, name, picture ?? null, provider ?? null);
    },
    get: async (ids) => new Map(get(JSON.stringify(ids)).map((row) => [row.id, userOf(row)])),
    async seen(marks) {
      database.transact(() => {
        for (const { user, at } of marks) seen(user, at);
      });
    },
    async block(user, blocked) {
      block(user, blocked);
    },
    async unblock(user, blocked) {
      unblock(user, blocked);
    },
    blockedBy: async (user) => blockedBy(user).map(({ blocked }) => blocked),
  };
}
