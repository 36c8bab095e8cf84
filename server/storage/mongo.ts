import { callsWithin } from './mongo/calls.ts';
import { mongoChannels } from './mongo/channels.ts';
import { connect, operationTimeoutMs } from './mongo/connection.ts';
import { indexer } from './mongo/indexer.ts';
import { mongoLog } from './mongo/log.ts';
import { mongoReceipts } from './mongo/receipts.ts';
import { mongoUsers } from './mongo/users.ts';
import { mongoWorkers } from './mongo/workers.ts';
import type { Storage } from './storage.ts';

const probeTimeoutMs = 2_000;

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
  return {
    log: calls.bounded(mongoLog(connection, index)),
    // A removal takes as long as its log is.
    channels: { ...calls.bounded(channels), remove: (id) => calls.note(channels.remove(id)) },
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
