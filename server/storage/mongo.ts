import { mongoAudit } from './mongo/audit.ts';
import { callsWithin } from './mongo/calls.ts';
import { mongoChannels } from './mongo/channels.ts';
import { connect, operationTimeoutMs } from './mongo/connection.ts';
import { mongoEraser } from './mongo/erase.ts';
import { mongoHeld } from './mongo/held.ts';
import { indexer } from './mongo/indexer.ts';
import { mongoLog } from './mongo/log.ts';
import { mongoReceipts } from './mongo/receipts.ts';
import { mongoUsers } from './mongo/users.ts';
import { mongoWorkers } from './mongo/workers.ts';
import type { Storage } from './storage.ts';

/** Who asks for readiness often gives it one second. */
const probeTimeoutMs = 900;

/** A replica set (or a sharded cluster) for any number of instances. Rejects, naming the hosts, when it cannot be used. */
export async function openMongo(url: string): Promise<Storage> {
  const connection = await connect(url);
  const { probes } = connection.collections;
  const index = indexer(connection);
  const calls = callsWithin(operationTimeoutMs);
  const channels = mongoChannels(connection);
  const probing = callsWithin(probeTimeoutMs).bounded({
    probe: () => calls.note(probes.updateOne({ _id: 'probe' }, { $inc: { count: 1 } }, { upsert: true })),
  });
  const log = mongoLog(connection, index);
  const erase = mongoEraser(connection, index);
  return {
    deployment: connection.deployment,
    // What goes through a whole log takes as long as that is.
    log: {
      ...calls.bounded(log),
      expire: (channel, time) => calls.unbounded(log.expire(channel, time)),
      writtenBy: (user, limit) => calls.unbounded(log.writtenBy(user, limit)),
    },
    held: calls.bounded(mongoHeld(connection)),
    audit: calls.bounded(mongoAudit(connection)),
    erase: (user, instead) => calls.unbounded(erase(user, instead)),
    // A removal takes as long as its log is.
    channels: { ...calls.bounded(channels), remove: (id, remains) => calls.unbounded(channels.remove(id, remains)) },
    receipts: calls.bounded(mongoReceipts(connection)),
    users: calls.bounded(mongoUsers(connection)),
    workers: calls.bounded(mongoWorkers(connection)),
    async probe() {
      await probing.probe();
    },
    async close() {
      await Promise.all([calls.settled(), index.stop()]);
      await connection.close();
    },
  };
}
