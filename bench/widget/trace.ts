import type { Browser, Page } from 'playwright-core';

/**
 * What the page's main thread did in a while, in CPU time and as on a computer four times as slow. By calculation: the
 * browser's own slowdown counts by the clock, so that whatever else runs on the machine is slowed down into the figures.
 */
export type Tasks = {
  count: number;
  /** The longest one. */
  longestMs: number;
  /** Longer than 50 ms: what a person may notice. */
  long: number;
  /** All of them together. */
  totalMs: number;
};

type TraceEvent = { name: string; ph: string; pid: number; tid: number; dur?: number; tdur?: number; args?: unknown };

const slowdown = 4;
const longMs = 50;
const categories = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel', '__metadata'];

/** Runs `act` under a trace of that page. */
export async function traced(browser: Browser, page: Page, act: () => Promise<void>): Promise<Tasks> {
  // The mark tells which of the browser's processes is this page's.
  const mark = `mark-${Math.random().toString(36).slice(2)}`;
  await browser.startTracing(page, { categories: [...categories, 'blink.user_timing'] });
  await page.evaluate((name) => void performance.mark(name), mark);
  await act();
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const marked = traceEvents.find(({ name }) => name === mark);
  if (!marked) throw new Error('the trace does not hold its own mark');
  const ours = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && pid === marked.pid && tid === marked.tid && name === 'ThreadControllerImpl::RunTask',
  );
  const times = ours.map(({ tdur, dur }) => ((tdur ?? dur ?? 0) / 1000) * slowdown);
  return {
    count: times.length,
    longestMs: round(Math.max(...times)),
    long: times.filter((ms) => ms > longMs).length,
    totalMs: round(times.reduce((sum, ms) => sum + ms, 0)),
  };
}

const round = (ms: number) => Number(ms.toFixed(1));
