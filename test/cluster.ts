import { type Instance, startInstance } from './instance.ts';
import { type Mongod, startMongod } from './services/mongod.ts';
import { type RedisServer, startRedis } from './services/redis.ts';

/** Instances over one MongoDB and one Redis, all of the test's own. */
export interface Cluster {
  readonly mongod: Mongod;
  readonly redis: RedisServer;
  /** The processes that run now; `kill` and `again` of one are its user's to put back here. */
  readonly instances: Instance[];
  stop(): Promise<void>;
}

export type ClusterOptions = { instances: number; env?: { [variable: string]: string } };

/** @throws ServiceMissing */
export async function startCluster({ instances: count, env = {} }: ClusterOptions): Promise<Cluster> {
  const [mongod, redis] = await Promise.all([startMongod(), startRedis()]);
  const variables = { DATABASE_URL: mongod.url, REDIS_URL: redis.url, ...env };
  const instances = await Promise.all(Array.from({ length: count }, () => startInstance({ env: variables })));
  return {
    mongod,
    redis,
    instances,
    async stop() {
      // A frozen database would keep an orderly end waiting; there is nothing here to end in order.
      await Promise.all(instances.map((instance) => instance.remove()));
      await Promise.all([mongod.stop(), redis.stop()]);
    },
  };
}
