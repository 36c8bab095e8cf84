import type { History, Shown } from './history.ts';

export type Figures = {
  acked: number;
  /** Sent, and in the end neither acked nor refused. */
  unknown: number;
  /** Acked, and not in the store at the seq that the ack named. */
  lost: number;
  /** Stored more than once, or shown more than once to one reader. */
  doubled: number;
  /** Seqs that the store, or a reader, does not have up to the head. */
  gaps: number;
  /** Different orders among the store, all readers and all senders; 1 when everybody agrees. */
  orders: number;
  /** Stored or shown, and never sent like that. */
  phantoms: number;
  ackP50Ms: number;
  ackP99Ms: number;
  /** The longest time without any ack, while senders went on trying. */
  unavailableMs: number;
  /** From the end of the fault until all that was sent before was acked and shown to every reader. */
  recoveredMs: number;
};

/** Judges a history against the log that the store holds when all is over. */
export function check(history: History, stored: readonly Shown[], faultEndedAt: number): Figures {
  const delays = ackDelays(history);
  return {
    acked: new Set(history.acks.map(({ key }) => key)).size,
    unknown: unknownOf(history),
    lost: lostOf(history, stored),
    doubled: [stored, ...history.shown.values()].reduce((sum, log) => sum + doubledIn(log), 0),
    gaps: gapsOf(history, stored),
    orders: ordersOf(history, stored),
    phantoms: phantomsOf(history, stored),
    ackP50Ms: quantile(delays, 0.5),
    ackP99Ms: quantile(delays, 0.99),
    unavailableMs: longestPause(history),
    recoveredMs: recovery(history, faultEndedAt),
  };
}

/** The figures that say whether a promise was broken, as they must be. */
export const flawless = Object.freeze({ unknown: 0, lost: 0, doubled: 0, gaps: 0, orders: 1, phantoms: 0 });

export function lineOf(figures: Figures): string {
  const { acked, unknown, lost, doubled, gaps, orders, phantoms } = figures;
  const ms = (value: number) => `${Math.round(value)} ms`;
  return [
    `acked ${acked}, unknown ${unknown}, lost ${lost}, doubled ${doubled}, gaps ${gaps}, orders ${orders}`,
    `phantoms ${phantoms}, ack p50 ${ms(figures.ackP50Ms)} p99 ${ms(figures.ackP99Ms)}`,
    `unavailable ${ms(figures.unavailableMs)}, recovered ${ms(figures.recoveredMs)}`,
  ].join(', ');
}

function unknownOf({ sent, acks }: History): number {
  const answered = new Set(acks.map(({ key }) => key));
  return sent.filter(({ key }) => !answered.has(key)).length;
}

function lostOf({ acks }: History, stored: readonly Shown[]): number {
  const seqs = new Map(stored.map(({ key, seq }) => [key, seq]));
  return acks.filter(({ key, seq }) => seqs.get(key) !== seq).length;
}

function doubledIn(log: readonly Shown[]): number {
  return log.length - new Set(log.map(({ key }) => key)).size;
}

function gapsOf({ shown }: History, stored: readonly Shown[]): number {
  const head = stored.reduce((highest, { seq }) => Math.max(highest, seq), 0);
  const missingIn = (log: readonly Shown[]) => head - new Set(log.map(({ seq }) => seq)).size;
  return [stored, ...shown.values()].reduce((sum, log) => sum + Math.max(0, missingIn(log)), 0);
}

/** The store's order is the measure: whoever saw two messages the other way round saw another one. */
function ordersOf({ shown, sent }: History, stored: readonly Shown[]): number {
  const place = new Map(stored.map(({ key }, i) => [key, i]));
  const senders = [...new Set(sent.map(({ sender }) => sender))];
  const given = senders.map((name) => sent.filter(({ sender }) => sender === name));
  const others = [...shown.values(), ...given]
    .map((log) => log.flatMap(({ key }) => place.get(key) ?? []))
    .filter((places) => places.some((each, i) => i > 0 && each < (places[i - 1] ?? 0)));
  const bySeq = stored.every(({ seq }, i) => i === 0 || seq > (stored[i - 1]?.seq ?? 0));
  return new Set(others.map((places) => places.join())).size + (bySeq ? 1 : 2);
}

function phantomsOf({ sent, shown }: History, stored: readonly Shown[]): number {
  const given = new Map(sent.map(({ key, sender, text }) => [key, `${sender} ${text}`]));
  const held = new Map(stored.map(({ seq, key }) => [seq, key]));
  const isReal = ({ key, sender, text }: Shown) => given.get(key) === `${sender} ${text}`;
  const invented = stored.filter((each) => !isReal(each)).length;
  const misshown = [...shown.values()].flat().filter((each) => !isReal(each) || held.get(each.seq) !== each.key);
  return invented + misshown.length;
}

function ackDelays({ sent, acks }: History): number[] {
  const sentAt = new Map(sent.map(({ key, at }) => [key, at]));
  return acks.map(({ key, at }) => at - (sentAt.get(key) ?? at)).sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function longestPause({ sent, acks }: History): number {
  const times = [sent[0]?.at ?? 0, ...acks.map(({ at }) => at)];
  return times.reduce((longest, at, i) => Math.max(longest, at - (times[i - 1] ?? at)), 0);
}

function recovery({ sent, acks, shown }: History, faultEndedAt: number): number {
  const before = new Set(sent.flatMap(({ key, at }) => (at <= faultEndedAt ? [key] : [])));
  return [acks, ...shown.values()]
    .flat()
    .reduce((last, { key, at }) => (before.has(key) ? Math.max(last, at - faultEndedAt) : last), 0);
}
