import type { Database } from './database.ts';
import { type BodyRow, messageOf } from './entries.ts';
import { tokensOf } from './tokens.ts';

// `entries.body` is the entry as readers get it, in JSON; the columns beside it are what is looked up.
const first = `
create table entries (
  row integer primary key,
  channel text not null,
  seq integer not null,
  type text not null,
  author text not null,
  key text,
  target integer,
  event text,
  deleted integer not null default 0,
  body text not null
) strict;
create unique index entries_seq on entries (channel, seq);
create unique index entries_key on entries (channel, author, key) where key is not null;
create index entries_message on entries (channel, seq, author, deleted) where type = 'message';
create index entries_target on entries (channel, target, type, author, seq) where target is not null;
create index entries_event on entries (channel, event, seq) where event is not null;

-- Which messages have a term: nothing but row numbers, for what is in tokens.ts.
create virtual table terms using fts5 (term, content = '', tokenize = 'ascii', detail = none, columnsize = 0);

create table channels (
  id text primary key,
  kind text not null,
  title text not null,
  settings text not null,
  created_at integer not null,
  owner text,
  passcode_hash text,
  revision text
) strict, without rowid;

create table members (
  channel text not null,
  user text not null,
  role text not null,
  joined_at integer not null,
  muted integer not null,
  removed integer not null,
  invited integer not null,
  appointed integer not null,
  primary key (channel, user)
) strict, without rowid;
create index members_order on members (channel, removed, role, joined_at, user);
create index members_user on members (user, removed, joined_at);

create table receipts (
  channel text not null,
  user text not null,
  delivered integer not null,
  read integer not null,
  steps text not null,
  primary key (channel, user)
) strict, without rowid;

create table users (
  id text primary key,
  name text not null,
  picture text,
  provider text,
  last_seen integer
) strict, without rowid;

create table blocks (
  user text not null,
  blocked text not null,
  primary key (user, blocked)
) strict, without rowid;

create table workers (
  worker integer primary key,
  holder text not null,
  until integer not null
) strict;

create table probe (id integer primary key check (id = 1), count integer not null) strict;
`;

// What retention and an erased user need, what waits for an organizer, and who did what.
const second = `
create table retained (channel text primary key, first integer not null, at integer not null) strict, without rowid;

create table held (
  channel text not null,
  user text not null,
  key text not null,
  at integer not null,
  body text not null,
  primary key (channel, user, key)
) strict, without rowid;
create index held_order on held (channel, at);

-- The audit log names people by these numbers, each used once: to forget who a number was is not to alter the log.
create table subjects (number integer primary key autoincrement, user text not null unique) strict;
create table audit (
  number integer primary key,
  at integer not null,
  actor integer not null,
  action text not null,
  outcome text not null,
  channel text,
  subject integer,
  times integer not null
) strict;
create trigger audit_is_not_altered before update on audit begin select raise(abort, 'the audit log is append-only'); end;
create trigger audit_is_not_cut before delete on audit begin select raise(abort, 'the audit log is append-only'); end;
`;

// As large as what the probe stands for.
const fourth = `
drop table probe;
create table probe (id integer primary key check (id = 1), filling blob not null) strict;
`;

/** Of what is held, as the index has it word for word. */
export const waiting = "body ->> 'state' in ('waiting', 'approving')";

// What was decided is kept: those that wait are not to be looked for among it.
const fifth = `create index held_waiting on held (channel, at) where ${waiting};`;

const rowsAtOnce = 5_000;

/** What a message can be found by was another token before. */
function indexAnew(database: Database): void {
  database.exec("insert into terms (terms) values ('delete-all')");
  const next = database.all<BodyRow & { row: number; channel: string }>(
    `select row, channel, body from entries where row > ? and type = 'message' order by row limit ${rowsAtOnce}`,
  );
  const index = database.run('insert into terms (rowid, term) values (?, ?)');
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)?.row ?? 0)) {
    for (const { row, channel, body } of rows) {
      const tokens = tokensOf(channel, messageOf({ body }));
      if (tokens !== '') index(row, tokens);
    }
  }
}

/** Each brings the schema from its index to the next number; a released one is never altered. */
const migrations: readonly ((database: Database) => void)[] = [
  (database) => database.exec(first),
  (database) => database.exec(second),
  indexAnew,
  (database) => database.exec(fourth),
  (database) => database.exec(fifth),
];

export function migrate(database: Database): void {
  const version = database.first<{ user_version: number }>('pragma user_version')()?.user_version ?? 0;
  if (version > migrations.length) throw new Error('a newer version of this program has written it');
  for (const migrate of migrations.slice(version)) migrate(database);
  database.exec(`pragma user_version = ${migrations.length}`);
}
