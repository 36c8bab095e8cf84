import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Cluster } from '../cluster.ts';
import type { Instance } from '../instance.ts';

/** The run goes on beside the fault; this is what the fault may know of it. */
export interface Watch {
  /** Resolves when that many messages more were acked. */
  acks(more: number): Promise<void>;
  /** Resolves when every reader was shown all that is acked now. */
  shown(): Promise<void>;
  /** Resolves as soon as messages are out and unanswered, altogether or at one instance, with how many these are. */
  inFlight(url?: string): Promise<number>;
}

/** Does harm to what runs under load, and resolves when the harm is over; answers how much was in flight when it struck. */
export type Fault<Target> = (target: Target, watch: Watch) => Promise<number>;
export type Instances = { readonly instances: Instance[] };

/** `npm run test:faults` asks for more of everything. */
export const isLong = process.env.FAULTS === 'long';
/** How long a frozen process stays frozen: longer than any call to it is waited for. */
const frozenMs = isLong ? 10_000 : 6_000;

/** As whoever watches over processes does: one that could not start, because its database is slow to answer, is started again. */
async function revive(instance: Instance): Promise<Instance> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await instance.again();
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

async function killInstance({ instances }: Cluster, watch: Watch): Promise<number> {
  const victim = instances[0];
  if (!victim) return 0;
  const hit = await watch.inFlight(victim.url);
  await victim.kill();
  // The others carry on without it.
  await watch.acks(50);
  instances[0] = await revive(victim);
  return hit;
}

async function killRedis({ redis }: Cluster, watch: Watch): Promise<number> {
  const hit = await watch.inFlight();
  await redis.kill();
  await watch.acks(50);
  await watch.shown();
  await redis.restart();
  return hit;
}

async function freezeRedis({ redis }: Cluster, watch: Watch): Promise<number> {
  const hit = await watch.inFlight();
  redis.signal('SIGSTOP');
  const over = wait(frozenMs);
  await watch.acks(50);
  await watch.shown();
  await over;
  redis.signal('SIGCONT');
  return hit;
}

async function killPubSub({ redis }: Cluster, watch: Watch): Promise<number> {
  const admin = new Redis(redis.url);
  try {
    const hit = await watch.inFlight();
    const killed = await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    return Number(killed) > 0 ? hit : 0;
  } finally {
    admin.disconnect();
  }
}

async function killMongod({ mongod }: Cluster, watch: Watch): Promise<number> {
  const hit = await watch.inFlight();
  await mongod.kill();
  await mongod.restart();
  return hit;
}

async function freezeMongod({ mongod }: Cluster, watch: Watch): Promise<number> {
  const hit = await watch.inFlight();
  mongod.signal('SIGSTOP');
  await wait(frozenMs);
  mongod.signal('SIGCONT');
  return hit;
}

async function rollingRestart({ instances }: Instances, watch: Watch): Promise<number> {
  let hit = Number.POSITIVE_INFINITY;
  for (const [i, instance] of instances.entries()) {
    hit = Math.min(hit, await watch.inFlight());
    const { code } = await instance.stop();
    if (code !== 0) throw new Error(`An instance ended with ${code}:\n${instance.process.output}`);
    instances[i] = await revive(instance);
    await watch.acks(50);
  }
  return hit;
}

async function killOnlyInstance({ instances }: Instances, watch: Watch): Promise<number> {
  const [only] = instances;
  if (!only) return 0;
  const hit = await watch.inFlight();
  await only.kill();
  instances[0] = await revive(only);
  return hit;
}

async function freezeOnlyInstance({ instances }: Instances, watch: Watch): Promise<number> {
  const hit = await watch.inFlight();
  instances[0]?.process.signal('SIGSTOP');
  await wait(frozenMs);
  instances[0]?.process.signal('SIGCONT');
  return hit;
}

export const faultsOfCluster: { readonly [name: string]: Fault<Cluster> } = {
  'an instance is killed': killInstance,
  'Redis is killed and comes back empty': killRedis,
  [`Redis is frozen for ${frozenMs} ms`]: freezeRedis,
  'the pub/sub connections are killed': killPubSub,
  'mongod is killed and comes back': killMongod,
  [`mongod is frozen for ${frozenMs} ms`]: freezeMongod,
  'every instance is restarted in turn': rollingRestart,
};

/** One instance with the embedded store. */
export const faultsOfOne: { readonly [name: string]: Fault<Instances> } = {
  'the only instance is killed': killOnlyInstance,
  [`the only instance is frozen for ${frozenMs} ms`]: freezeOnlyInstance,
  'the only instance is restarted': rollingRestart,
};
