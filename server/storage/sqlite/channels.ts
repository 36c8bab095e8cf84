import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChannelKind, ChannelSettings, Role } from '../../../protocol/entities.ts';
import type { ChannelStore, StoredChannel, StoredMember } from '../storage.ts';
import { type Database, walEmptier } from './database.ts';
import { type BodyRow, type EntryWriter, entryOf } from './entries.ts';

type ChannelRow = {
  id: string;
  kind: ChannelKind;
  title: string;
  settings: string;
  created_at: number;
  owner: string | null;
  passcode_hash: string | null;
};
type Flag = 0 | 1;
type MemberRow = {
  user: string;
  role: Role;
  joined_at: number;
  muted: Flag;
  removed: Flag;
  invited: Flag;
  appointed: Flag;
};

function channelOf(row: ChannelRow): StoredChannel {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    settings: JSON.parse(row.settings) as ChannelSettings,
    createdAt: row.created_at,
    ...(row.owner !== null && { owner: row.owner }),
    ...(row.passcode_hash !== null && { passcodeHash: row.passcode_hash }),
  };
}

function memberOf(row: MemberRow): StoredMember {
  return {
    user: row.user,
    role: row.role,
    joinedAt: row.joined_at,
    ...(row.muted === 1 && { muted: true }),
    ...(row.removed === 1 && { removed: true }),
    ...(row.invited === 1 && { invited: true }),
    ...(row.appointed === 1 && { appointed: true }),
  };
}

/** A long log is removed in pieces, so that the others' messages get their turn in between. */
const removedAtOnce = 500;

const member = 'user, role, joined_at, muted, removed, invited, appointed';

export function sqliteChannels(database: Database, writer: EntryWriter): ChannelStore {
  const emptyWal = walEmptier(database);
  const get = database.first<ChannelRow>('select * from channels where id = ?');
  const insert = database.run(`insert into channels (id, kind, title, settings, created_at, owner, passcode_hash)
     values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`);
  const update = database.run('update channels set title = ?, settings = ?, passcode_hash = ? where id = ?');
  const removal = [
    'delete from channels where id = ?',
    'delete from members where channel = ?',
    'delete from receipts where channel = ?',
    'delete from held where channel = ?',
  ];
  const removals = removal.map((sql) => database.run(sql));
  const someEntries = database.all<BodyRow & { row: number }>(
    'select row, body from entries where channel = ? order by seq limit ?',
  );
  const getMember = database.first<MemberRow>(`select ${member} from members where channel = ? and user = ?`);
  const putMember = database.run(
    `insert into members (channel, user, role, joined_at, muted, removed, invited, appointed)
     values (?1, ?2, coalesce(?3, 'participant'), ?4, coalesce(?5, 0), coalesce(?6, 0), coalesce(?7, 0), coalesce(?8, 0))
     on conflict do update set role = iif(appointed = 1 and ?8 is null, role, coalesce(?3, role)), muted = coalesce(?5, muted), removed = coalesce(?6, removed),
       invited = coalesce(?7, invited), appointed = coalesce(?8, appointed)`,
  );
  const named = database.all<MemberRow>(
    `select ${member} from members where channel = ? and user in (select value from json_each(?))`,
  );
  const members = database.all<MemberRow>(
    `select ${member} from members where channel = ? and removed = 0 order by role, joined_at, user limit ?`,
  );
  const ofUser = database.all<ChannelRow & MemberRow>(
    `select channels.*, ${member} from members join channels on channels.id = members.channel
     where user = ?1 and removed = 0 and kind = coalesce(?2, kind) order by joined_at desc, channels.id`,
  );
  const revise = database.run('update channels set revision = ? where id = ?');
  const revisions = database.all<{ id: string; revision: string }>(
    'select id, revision from channels where id in (select value from json_each(?)) and revision is not null',
  );
  const make = ({ id, kind, title, settings, createdAt, owner, passcodeHash }: StoredChannel) =>
    insert(id, kind, title, JSON.stringify(settings), createdAt, owner ?? null, passcodeHash ?? null);
  const retaining = database.all<{ id: string; days: number }>(
    "select id, settings ->> 'retainDays' as days from channels where settings ->> 'retainDays' > 0",
  );
  const flag = (value: boolean | undefined) => (value === undefined ? null : Number(value));
  const channel = (id: string) => {
    const row = get(id);
    return row && channelOf(row);
  };

  return {
    get: async (id) => channel(id),
    async create(made) {
      return database.transact(() => {
        make(made);
        return channel(made.id) ?? made;
      });
    },
    async update(id, patch) {
      return database.transact(() => {
        const old = channel(id);
        if (!old) return undefined;
        const settings = { ...old.settings, ...patch.settings };
        const passcodeHash = patch.passcodeHash === undefined ? (old.passcodeHash ?? null) : patch.passcodeHash;
        update(patch.title ?? old.title, JSON.stringify(settings), passcodeHash, id);
        return channel(id);
      });
    },
    async remove(id, remains) {
      database.transact(() => {
        for (const remove of removals) remove(id);
        if (remains) make(remains);
      });
      const removeSome = () => {
        const rows = someEntries(id, removedAtOnce);
        for (const row of rows) writer.remove(id, row.row, entryOf(row));
        return rows.length;
      };
      while (database.transact(removeSome) > 0) await nextTurn();
      emptyWal();
    },
    async revise(id) {
      revise(randomUUID(), id);
    },
    revisions: async (ids) => new Map(revisions(JSON.stringify(ids)).map(({ id, revision }) => [id, revision])),
    async member(id, user) {
      const row = getMember(id, user);
      return row && memberOf(row);
    },
    membersNamed: async (id, users) =>
      new Map(named(id, JSON.stringify(users)).map((row) => [row.user, memberOf(row)])),
    async putMember(id, { user, role, muted, removed, invited, appointed, at }) {
      return database.transact(() => {
        putMember(id, user, role ?? null, at, flag(muted), flag(removed), flag(invited), flag(appointed));
        const row = getMember(id, user);
        if (!row) throw new Error('a member that was just written is gone');
        return memberOf(row);
      });
    },
    members: async (id, limit) => members(id, limit).map(memberOf),
    retaining: async () => retaining(),
    ofUser: async (user, filter) =>
      ofUser(user, filter?.kind ?? null).map((row) => ({ channel: channelOf(row), member: memberOf(row) })),
  };
}
