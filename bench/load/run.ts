import { setTimeout as sleep } from 'node:timers/promises';
import { collect } from './collect.ts';
import { type Crowd, gather } from './crowd.ts';
import { dialects } from './dialects.ts';
import { holds, isWhole } from './holds.ts';
import type { LoadResult, LoadSpec } from './spec.ts';
import { Tally } from './tally.ts';
import { textOf } from './texts.ts';
import { type Usage, usageOf, usagesOf } from './usage.ts';

type Meter = { at: number; deliveries: number; own: Usage; of: { [name: string]: Usage } };

/** Sends by the clock, whatever becomes of what was sent before, and reports. */
export async function run(spec: LoadSpec): Promise<LoadResult> {
  const counting = { tally: new Tally({ ...spec, perSecond: 1, warmUpSeconds: 0, seconds: 0 }, 0) };
  const crowd = await gather(spec, counting);
  const stopBeats = beat(spec, crowd);
  // What connecting and joining left behind is not what is measured.
  await sleep(300);
  const measure = () => {
    counting.tally = new Tally(spec, counting.tally.end);
    return attempt(spec, counting.tally, crowd);
  };
  const first = await measure();
  const result = holds(first) || !spec.triesAgain ? first : medianOf([first, await measure(), await measure()]);
  stopBeats();
  crowd.close();
  return result;
}

/** Of three, because the machine is shared: one stall of its disk says nothing about a server. What fails counts as slowest. */
function medianOf(results: readonly LoadResult[]): LoadResult {
  const slowness = (result: LoadResult) => (isWhole(result) ? result.delivery.p99 : Number.POSITIVE_INFINITY);
  const [, median] = [...results].sort((a, b) => slowness(a) - slowness(b));
  if (median === undefined) throw new Error('nothing was measured');
  return median;
}

async function attempt(spec: LoadSpec, tally: Tally, crowd: Crowd): Promise<LoadResult> {
  const droppedBefore = crowd.dropped;
  tally.startsAt = performance.now() + 20;
  await sendUpTo(tally.first, tally.from, spec, tally, crowd);
  const before = meter(spec, tally);
  await sendUpTo(tally.end, tally.first, spec, tally, crowd);
  const after = meter(spec, tally);
  const deadline = performance.now() + spec.drainSeconds * 1_000;
  while (!tally.complete && performance.now() < deadline) await sleep(20);
  // The answer to the last message may be a moment behind its delivery.
  await sleep(50);
  const dropped = crowd.dropped - droppedBefore;
  return report(spec, tally, {
    crowd,
    dropped,
    before,
    after,
    collected: spec.collects ? await collect(spec.pids) : {},
  });
}

/** A timer a millisecond, and everything that is due: a busy loop would be more exact, and take a core from the server. */
function sendUpTo(end: number, from: number, spec: LoadSpec, tally: Tally, { members }: Crowd): Promise<void> {
  const dialect = dialects[spec.dialect];
  let next = from;
  return new Promise((resolve) => {
    const step = () => {
      const now = performance.now();
      while (next < end && tally.dueAt(next) <= now) {
        const member = members[next % members.length];
        member?.send(dialect.message(next + 1, member.channel, `${spec.name}-${next}`, textOf(next)));
        tally.sent(next, now);
        next += 1;
      }
      if (next >= end) resolve();
      else setTimeout(step, Math.max(0, tally.dueAt(next) - performance.now()));
    };
    step();
  });
}

/** Each member's heartbeat and receipt once in `beatMs`, evenly spread. */
function beat(spec: LoadSpec, { members }: Crowd): () => void {
  const { beat: beats } = dialects[spec.dialect];
  if (beats === undefined || spec.beatMs === undefined) return () => undefined;
  const intervalMs = 20;
  const share = (members.length * intervalMs) / spec.beatMs;
  let due = 0;
  let next = 0;
  const timer = setInterval(() => {
    for (due += share; due >= 1; due -= 1) {
      const member = members[next % members.length];
      next += 1;
      if (member !== undefined) for (const text of beats(member.channel)) member.send(text);
    }
  }, intervalMs);
  return () => clearInterval(timer);
}

function meter(spec: LoadSpec, { deliveries }: Tally): Meter {
  return { at: performance.now(), deliveries, own: usageOf(process.pid), of: usagesOf(spec.pids) };
}

type Measured = { crowd: Crowd; dropped: number; before: Meter; after: Meter; collected: { [name: string]: Usage } };

function report(spec: LoadSpec, tally: Tally, { crowd, dropped, before, after, collected }: Measured): LoadResult {
  const counts = tally.counts(dialects[spec.dialect].acks);
  const names = Object.keys(spec.pids);
  const seconds = (after.at - before.at) / 1_000;
  // What was delivered in that time, and not what was sent: neither refusing nor falling behind is to make a server look cheap.
  const served = Math.max(1, (after.deliveries - before.deliveries) / spec.members);
  const cpu = (name: string) => (after.of[name]?.cpuSeconds ?? 0) - (before.of[name]?.cpuSeconds ?? 0);
  return {
    perSecond: tally.perSecond,
    ...counts,
    refused: tally.refusals,
    delivery: tally.delivery.percentiles(),
    ack: tally.ack.percentiles(),
    late: tally.late.percentiles(),
    dropped,
    cpuPer1000: Object.fromEntries(names.map((name) => [name, rounded((cpu(name) / served) * 1_000, 4)])),
    cpuShare: Object.fromEntries(names.map((name) => [name, rounded(cpu(name) / seconds, 3)])),
    generatorCpuShare: rounded((after.own.cpuSeconds - before.own.cpuSeconds) / seconds, 2),
    rssMb: Object.fromEntries(names.map((name) => [name, rounded(after.of[name]?.rssMb ?? 0, 1)])),
    collectedMb: Object.fromEntries(Object.entries(collected).map(([name, { rssMb }]) => [name, rounded(rssMb, 1)])),
    connectMs: crowd.connect.percentiles(),
    connectedAfterMs: crowd.connectedAfterMs,
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
