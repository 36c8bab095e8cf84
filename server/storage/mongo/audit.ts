import { randomUUID } from 'node:crypto';
import { type AuditRecord, type AuditStore, erasedUser } from '../storage.ts';
import { type Connection, upsert } from './connection.ts';

/** Records name people by numbers that only `subjects` can resolve: to forget who a number was is not to alter the log. */
export function mongoAudit({ collections: { audit, subjects } }: Connection): AuditStore {
  /** In two round trips for all of them: a meeting that has ended may deny thousands within a second. */
  async function numbersOf(users: readonly string[]): Promise<(user: string) => string> {
    const updates = users.map((user) => ({
      updateOne: { filter: { _id: user }, update: { $setOnInsert: { number: randomUUID() } }, upsert: true },
    }));
    await upsert(() => subjects.bulkWrite(updates, { ordered: false }));
    const found = await subjects.find({ _id: { $in: [...users] } }).toArray();
    const numbers = new Map(found.map(({ _id, number }) => [_id, number]));
    // Erased at the same moment: that nobody has this number says so.
    return (user) => numbers.get(user) ?? erasedUser;
  }

  async function namesOf(numbers: string[]): Promise<(number: string) => string> {
    const found = await subjects.find({ number: { $in: numbers } }).toArray();
    const names = new Map(found.map(({ _id, number }) => [number, _id]));
    return (number) => names.get(number) ?? erasedUser;
  }

  return {
    async append(records) {
      if (records.length === 0) return;
      const users = [
        ...new Set(records.flatMap(({ actor, subject }) => (subject === undefined ? [actor] : [actor, subject]))),
      ];
      const number = await numbersOf(users);
      await audit.insertMany(
        records.map(({ actor, subject, ...record }) => ({
          ...record,
          actor: number(actor),
          ...(subject === undefined ? {} : { subject: number(subject) }),
        })),
      );
    },
    async list(limit) {
      const found = await audit
        .find({}, { projection: { _id: 0 } })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray();
      const name = await namesOf(
        found.flatMap(({ actor, subject }) => (subject === undefined ? [actor] : [actor, subject])),
      );
      return found.map(
        ({ actor, subject, ...record }): AuditRecord => ({
          ...record,
          actor: name(actor),
          ...(subject === undefined ? {} : { subject: name(subject) }),
        }),
      );
    },
  };
}
