import { randomUUID } from 'node:crypto';
import { type AuditRecord, type AuditStore, erasedUser } from '../storage.ts';
import { type Connection, isDuplicate } from './connection.ts';

/** Records name people by numbers that only `subjects` can resolve: to forget who a number was is not to alter the log. */
export function mongoAudit({ collections: { audit, subjects } }: Connection): AuditStore {
  async function numberOf(user: string): Promise<string> {
    const find = () =>
      subjects.findOneAndUpdate(
        { _id: user },
        { $setOnInsert: { number: randomUUID() } },
        { upsert: true, returnDocument: 'after' },
      );
    const found = await find().catch((error: unknown) => (isDuplicate(error) ? find() : Promise.reject(error)));
    if (!found) throw new Error('a subject that was just made is gone');
    return found.number;
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
      const numbers = new Map<string, string>();
      for (const user of users) numbers.set(user, await numberOf(user));
      const number = (user: string) => numbers.get(user) ?? erasedUser;
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
