import type { Receipt } from '../../../protocol/entities.ts';
import { passedAt, stepsKept } from '../reading-steps.ts';
import type { ReceiptStore } from '../storage.ts';
import { askedAtOnce, batched, foundOf } from './batched.ts';
import { nameOf } from './collections.ts';
import { type Connection, upsert } from './connection.ts';

const marksOnly = Object.freeze({ _id: 0, steps: 0 });

type Mark = Parameters<ReceiptStore['merge']>[0][number];

/** Of several marks of a member, one that does what they do together. */
function together(marks: readonly Mark[]): Mark[] {
  const merged = new Map<string, Mark>();
  for (const mark of marks) {
    const member = JSON.stringify([mark.channel, mark.user]);
    const other = merged.get(member) ?? mark;
    const read = mark.read > other.read ? mark : other;
    merged.set(member, { ...read, delivered: Math.max(mark.delivered, other.delivered) });
  }
  return [...merged.values()];
}

function update({ channel, user, delivered, read, at }: Mark) {
  const steps = { $ifNull: ['$steps', []] };
  const raises = { $gt: [read, { $ifNull: ['$read', 0] }] };
  return {
    updateOne: {
      filter: { channel, user },
      update: [
        {
          $set: {
            steps: {
              $cond: [raises, { $slice: [{ $concatArrays: [steps, [{ seq: read, at }]] }, -stepsKept] }, steps],
            },
            delivered: { $max: ['$delivered', delivered] },
            read: { $max: ['$read', read] },
          },
        },
      ],
      upsert: true,
    },
  };
}

type Marked = { channel: string; users: readonly string[] };

export function mongoReceipts({ collections: { receipts } }: Connection): ReceiptStore {
  const ofMembers = batched(async (each: readonly Marked[]) => {
    const wanted = each.map(({ channel, users }) => ({ channel, user: { $in: [...users] } }));
    const found = await receipts
      .find(wanted.length === 1 ? { ...wanted[0] } : { $or: wanted }, { projection: marksOnly })
      .toArray();
    const marks = new Map(found.map((mark) => [nameOf(mark), { delivered: mark.delivered, read: mark.read }]));
    return ({ channel, users }: Marked) => foundOf(users, (user) => marks.get(nameOf({ channel, user })));
  }, askedAtOnce);

  return {
    async merge(marks) {
      if (marks.length === 0) return;
      const updates = together(marks).map(update);
      await upsert(() => receipts.bulkWrite(updates, { ordered: false }));
    },
    async ofChannel(channel, users) {
      if (users !== undefined) return ofMembers({ channel, users });
      const found = await receipts.find({ channel }, { projection: marksOnly }).toArray();
      return new Map(found.map(({ user, delivered, read }) => [user, { delivered, read }]));
    },
    async ofUser(user, channels) {
      const found = await receipts.find({ channel: { $in: [...channels] }, user }, { projection: marksOnly }).toArray();
      return new Map(found.map(({ channel, delivered, read }) => [channel, { delivered, read }]));
    },
    async readAt(channel, seq, users) {
      const found = await receipts.find({ channel, user: { $in: [...users] }, read: { $gte: seq } }).toArray();
      return new Map(found.map(({ user, steps }) => [user, passedAt(steps, seq) ?? 0]));
    },
    async countAt(channel, seq) {
      const reached = (mark: '$delivered' | '$read') => ({ $sum: { $cond: [{ $gte: [mark, seq] }, 1, 0] } });
      const [counts] = await receipts
        .aggregate<Receipt>([
          { $match: { channel } },
          { $group: { _id: null, delivered: reached('$delivered'), read: reached('$read') } },
          { $project: { _id: 0 } },
        ])
        .toArray();
      return counts ?? { delivered: 0, read: 0 };
    },
  };
}
