/** Ms by which tasks of the page's main thread were longer than 50 ms, in processor time: what else the machine does is not in it. */
export type Blocking = {
  readonly all: number;
  /** Of the tasks in which anything of the chat ran. */
  readonly ofChat: number;
  /** The longest task in which anything of the chat ran, and what took its time. */
  readonly longest: number;
};

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: unknown;
};

const longMs = 50;

/** @param chat the chat server's URL, by which its scripts are known in the trace */
export function blockingIn(trace: string, chat: string): Blocking {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace);
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && JSON.stringify(args).includes('CrRendererMain'))
      .map(threadOf),
  );
  const events = traceEvents.filter((event) => event.ph === 'X' && mainThreads.has(threadOf(event)));
  const tasks = events.filter(({ name }) => /RunTask$/.test(name));
  const ofChat = events.filter(
    (event) => !/RunTask$/.test(event.name) && JSON.stringify(event.args ?? {}).includes(chat),
  );
  const hasChat = (task: TraceEvent) =>
    ofChat.some((event) => threadOf(event) === threadOf(task) && isWithin(event, task));
  const long = outermost(tasks.filter((task) => lengthOf(task) > longMs));
  const longest = outermost(tasks.filter((task) => lengthOf(task) > 5))
    .filter(hasChat)
    .map(lengthOf);
  return { all: excess(long), ofChat: excess(long.filter(hasChat)), longest: Math.max(0, ...longest) };
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}

/** Ms. */
function lengthOf({ tdur, dur = 0 }: TraceEvent): number {
  return (tdur ?? dur) / 1_000;
}

function isWithin(inner: TraceEvent, outer: TraceEvent): boolean {
  return inner.ts >= outer.ts && inner.ts < outer.ts + (outer.dur ?? 0);
}

/** A task is traced by several layers, one within the other. */
function outermost(tasks: readonly TraceEvent[]): TraceEvent[] {
  return tasks.filter(
    (task) => !tasks.some((other) => other !== task && threadOf(other) === threadOf(task) && isWithin(task, other)),
  );
}

function excess(tasks: readonly TraceEvent[]): number {
  return tasks.reduce((sum, task) => sum + lengthOf(task) - longMs, 0);
}
