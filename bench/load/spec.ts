/** What the load generator is asked for: as JSON in its first argument. */
export type LoadSpec = {
  /** `chat` is ours; the others are what the reference servers speak. */
  dialect: 'chat' | 'socketio' | 'ws';
  /** Client i connects to the i-th of these, round and round. */
  urls: readonly string[];
  channels: number;
  /** Of each channel; every one of them is a connection of its own. */
  members: number;
  /** Messages. */
  perSecond: number;
  /** A rate that did not hold is measured twice more, and the median of the three counts. */
  triesAgain: boolean;
  /** Sent at the same rate before anything is counted. */
  warmUpSeconds: number;
  seconds: number;
  /** How long after the last message the last delivery may come; what has not come then is lost. */
  drainSeconds: number;
  /** Every member's heartbeat and receipt, in ms; only `chat` has them. */
  beatMs?: number;
  /** Connections that are made at a time; 100 when left out. */
  connectAtOnce?: number;
  /** Whose CPU time and memory are read over the measured seconds. */
  pids: { readonly [name: string]: number };
  /** The processes collect their garbage before their memory is read, a second time (see `collect.ts`). */
  collects: boolean;
  /** Keys and channels of this run begin with it, so that no run meets another's. */
  name: string;
};

export type Percentiles = { p50: number; p99: number; p999: number; max: number };

/** What it measured, as JSON in its last line of output. Times are in ms. */
export type LoadResult = {
  perSecond: number;
  sent: number;
  expected: number;
  delivered: number;
  /** Neither delivered nor refused. */
  lost: number;
  doubled: number;
  refused: { [code: string]: number };
  /** From the scheduled time of a message to its receipt by each member. */
  delivery: Percentiles;
  /** From the scheduled time of a message to its answer. */
  ack: Percentiles;
  /** How late the generator itself sent: where this is large, the figures say little about the server. */
  late: Percentiles;
  /** Frames that held messages, divided by the messages delivered. */
  framesPerDelivery: number;
  /** Connections that ended during the run. */
  dropped: number;
  /** CPU seconds of each second, and of 1,000 messages that were delivered meanwhile. */
  cpuShare: { [name: string]: number };
  cpuPer1000: { [name: string]: number };
  generatorCpuShare: number;
  rssMb: { [name: string]: number };
  /** The same when their garbage was collected; empty where that was not asked for. */
  collectedMb: { [name: string]: number };
  connectMs: Percentiles;
  connectedAfterMs: number;
};
