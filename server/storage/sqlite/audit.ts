import { type AuditRecord, type AuditStore, erasedUser } from '../storage.ts';
import type { Database } from './database.ts';

type Row = {
  at: number;
  actor: string | null;
  action: string;
  outcome: AuditRecord['outcome'];
  channel: string | null;
  subject: string | null;
  has_subject: 0 | 1;
  times: number;
};

function recordOf({ at, actor, action, outcome, channel, subject, has_subject, times }: Row): AuditRecord {
  return {
    at,
    actor: actor ?? erasedUser,
    action,
    outcome,
    ...(channel !== null && { channel }),
    ...(has_subject === 1 && { subject: subject ?? erasedUser }),
    times,
  };
}

export function sqliteAudit(database: Database): AuditStore {
  const know = database.run('insert into subjects (user) values (?) on conflict do nothing');
  const numberOf = database.first<{ number: number }>('select number from subjects where user = ?');
  const insert = database.run(
    'insert into audit (at, actor, action, outcome, channel, subject, times) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const list = database.all<Row>(
    `select at, a.user as actor, action, outcome, channel, s.user as subject, subject is not null as has_subject, times
     from audit left join subjects a on a.number = actor left join subjects s on s.number = subject
     order by audit.number desc limit ?`,
  );
  const number = (user: string) => {
    know(user);
    return numberOf(user)?.number ?? 0;
  };

  return {
    async append(records) {
      database.transact(() => {
        for (const { at, actor, action, outcome, channel, subject, times } of records) {
          const about = subject === undefined ? null : number(subject);
          insert(at, number(actor), action, outcome, channel ?? null, about, times);
        }
      });
    },
    list: async (limit) => list(limit).map(recordOf),
  };
}
