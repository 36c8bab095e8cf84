import { type Variant, variants } from './host-page.ts';
import type { Visit } from './visit.ts';

export type Visits = { readonly [name in Variant]: readonly Visit[] };

/** Median, and the quartiles around it. */
type Spread = { readonly median: number; readonly from: number; readonly to: number };

/** As a Markdown table, for `docs/performance.md`. */
export function tableOf(visits: Visits): string {
  const rows: readonly (readonly string[])[] = [
    ['', ...variants],
    ['---', ...variants.map(() => '---')],
    row('layout shift', visits, ({ layoutShift }) => layoutShift, 4),
    row('largest contentful paint, ms', visits, ({ lcp }) => lcp),
    paired('… more than without', visits, ({ lcp }) => lcp),
    row('`load` event, ms', visits, ({ loaded }) => loaded),
    row('blocking time of the whole page, ms', visits, ({ blocking }) => blocking.all),
    row('blocking time of tasks with the chat in them, ms', visits, ({ blocking }) => blocking.ofChat),
    row('longest task with the chat in it, ms', visits, ({ blocking }) => blocking.longest),
    ['fetched of the chat before `load`', ...variants.map((name) => fetched(visits[name]))],
    row('`load` to the joined channel, ms', visits, ({ chatAfter }) => chatAfter ?? 0),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function row(title: string, visits: Visits, take: (visit: Visit) => number, digits = 0): string[] {
  return [title, ...variants.map((name) => show(spreadOf(visits[name].map(take)), digits))];
}

/** Each visit is compared with the one without the chat of the same turn, so that what the machine did meanwhile counts on both sides. */
function paired(title: string, visits: Visits, take: (visit: Visit) => number): string[] {
  const without = visits.without.map(take);
  return [
    title,
    '',
    ...variants
      .slice(1)
      .map((name) => show(spreadOf(visits[name].map((visit, turn) => take(visit) - (without[turn] ?? 0))), 0)),
  ];
}

function fetched(visits: readonly Visit[]): string {
  return (
    [...new Set(visits.flatMap(({ fetchedBefore }) => fetchedBefore))].map((name) => `\`${name}\``).join(', ') ||
    'nothing'
  );
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), from: at(0.25), to: at(0.75) };
}

function show({ median, from, to }: Spread, digits: number): string {
  const number = (value: number) => String(Number(value.toFixed(digits)) + 0);
  return from === to ? number(median) : `${number(median)} (${number(from)} … ${number(to)})`;
}
