import type { Receipt } from '../../../protocol/entities.ts';
import type { ReceiptStore } from '../storage.ts';
import { type Connection, isDuplicate } from './connection.ts';

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
  const raises = { $gt: [read, { $ifNull: ['$read', 0] }] };
  return {
    updateOne: {
      filter: { channel, user },
      update: [
        {
          $set: {
            readAt: { $cond: [raises, at, { $ifNull: ['$readAt', '$$REMOVE'] }] },
            delivered: { $max: ['$delivered', delivered] },
            read: { $max: ['$read', read] },
          },
        },
      ],
      upsert: true,
    },
  };
}

export function mongoReceipts({ collections: { receipts } }: Connection): ReceiptStore {
  return {
    async merge(marks) {
      if (marks.length === 0) return;
      const merge = () => receipts.bulkWrite(together(marks).map(update), { ordered: false });
      // Another instance may make a member's first mark at the same moment; the second try finds it made.
      await merge().catch((error: unknown) => (isDuplicate(error) ? merge() : Promise.reject(error)));
    },
    async ofChannel(channel, users) {
      const found = await receipts.find({ channel, ...(users && { user: { $in: [...users] } }) }).toArray();
      return new Map(
        found.map(({ user, delivered, read, readAt }) => [
          user,
          { delivered, read, ...(readAt !== undefined && { readAt }) },
        ]),
      );
    },
    async ofUser(user, channels) {
      const found = await receipts.find({ channel: { $in: [...channels] }, user }).toArray();
      return new Map(found.map(({ channel, delivered, read }) => [channel, { delivered, read }]));
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
