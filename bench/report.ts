import type { LoadResult } from './load/spec.ts';
import type { Results } from './results.ts';
import { capacityOf } from './scenarios/rates.ts';
import { type TargetName, targetNames } from './services.ts';

const titles: { readonly [Name in TargetName]: string } = {
  ws: 'bare ws echo',
  socketio: 'bare Socket.IO echo',
  insert: 'Socket.IO + an insert a message',
  group: 'Socket.IO + group commit',
  chat: '**meeting-chat**, MongoDB',
  embedded: 'meeting-chat, embedded store',
  two: 'meeting-chat, two instances + Redis',
};

type Row = readonly (string | number)[];

/** The results as Markdown tables, for `docs/performance.md`. */
export function reportOf(results: Results): string {
  const { cpu, cores, memoryGb, node, at } = results.machine;
  const where = `Measured ${at.slice(0, 10)} on ${cpu}, ${cores} cores shared with the load generator and the databases, ${memoryGb} GB, Node ${node}.\n`;
  return [
    where,
    rateTable(results),
    latencyTable(results),
    crowdTable(results),
    ownTable(results),
    profileTable(results),
  ]
    .filter((table) => table !== '')
    .join('\n');
}

function table(head: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

function entriesOf<Value>(values: { [Name in TargetName]?: Value } = {}): [TargetName, Value][] {
  return targetNames.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, value] satisfies [TargetName, Value]];
  });
}

function pointAt(points: readonly LoadResult[], perSecond: number): LoadResult | undefined {
  return points.find((point) => point.perSecond === perSecond);
}

function cpuOf(result: LoadResult | undefined, part: RegExp): string {
  if (result === undefined) return '–';
  const names = Object.keys(result.cpuPer1000).filter((name) => part.test(name));
  return names.length === 0 ? '–' : names.reduce((sum, name) => sum + (result.cpuPer1000[name] ?? 0), 0).toFixed(3);
}

function rateTable({ rates }: Results): string {
  const echo = capacityOf(rates?.socketio);
  return table(
    [
      'server',
      'capacity msg/s',
      '× Socket.IO',
      'p50 / p99 ms at 100',
      'at 1,736',
      'CPU s per 1,000 at 1,736: server',
      'database',
      'frames per delivery at the top',
    ],
    entriesOf(rates).map(([name, points]) => {
      const [slow, usual] = [pointAt(points, 100), pointAt(points, 1_736)];
      const top = points.findLast((point) => point.perSecond === capacityOf(points));
      const times = (result?: LoadResult) =>
        result === undefined ? '–' : `${result.delivery.p50} / ${result.delivery.p99}`;
      return [
        titles[name],
        capacityOf(points).toLocaleString('en'),
        echo === 0 ? '–' : (capacityOf(points) / echo).toFixed(1),
        times(slow),
        times(usual),
        cpuOf(usual, /^server/),
        cpuOf(usual, /^database/),
        top?.framesPerDelivery ?? '–',
      ];
    }),
  );
}

function latencyTable({ rates }: Results): string {
  const all = entriesOf(rates);
  const points = [...new Set(all.flatMap(([, results]) => results.map(({ perSecond }) => perSecond)))].sort(
    (a, b) => a - b,
  );
  return table(
    ['p50 / p99 ms at msg/s', ...points.map((point) => point.toLocaleString('en'))],
    all.map(([name, results]) => [
      titles[name],
      ...points.map((point) => {
        const result = pointAt(results, point);
        if (result === undefined) return '';
        return `${result.delivery.p50} / ${result.delivery.p99}${result.lost > 0 ? ` (${result.lost} lost)` : ''}`;
      }),
    ]),
  );
}

function crowdTable({ wide = {}, idle, storm }: Results): string {
  const rows: Row[] = [];
  for (const [members, servers] of Object.entries(wide))
    for (const [name, { perSecond, delivery, cpuPer1000, lost }] of entriesOf(servers))
      rows.push([
        `one channel of ${members}, ${perSecond} msg/s`,
        titles[name],
        `p50 / p99 ${delivery.p50} / ${delivery.p99} ms, ${(((cpuPer1000.server ?? 0) * 1_000) / Number(members)).toFixed(2)} µs CPU a delivery${lost > 0 ? `, ${lost} lost` : ''}`,
      ]);
  for (const [name, { connections, kbPerConnection, collectedKbPerConnection }] of entriesOf(idle))
    rows.push([
      `${connections} idle connections`,
      titles[name],
      `${kbPerConnection} kB each; ${collectedKbPerConnection} kB when the garbage is collected`,
    ]);
  for (const [name, { connections, allAfterMs, p99 }] of entriesOf(storm))
    rows.push([`${connections} connect at once`, titles[name], `all in after ${allAfterMs} ms, p99 ${p99} ms`]);
  return table(['', 'server', ''], rows);
}

function ownTable({ overload, lengths }: Results): string {
  const rows: Row[] = [];
  if (overload !== undefined) {
    const { offered, acceptedPerSecond, result, after } = overload;
    rows.push([
      `overload: ${offered} msg/s offered`,
      `${acceptedPerSecond}/s accepted, their p99 ${result.delivery.p99} ms, ${result.lost} lost, refused ${JSON.stringify(result.refused)}; right after, at 1,736/s, p99 ${after.delivery.p99} ms`,
    ]);
  }
  for (const { length, sendMs, joinMs, pageMs } of lengths?.points ?? [])
    rows.push([
      `channel of ${length} messages`,
      `send ${sendMs} ms, join ${joinMs} ms, page of 50 from its middle ${pageMs} ms`,
    ]);
  if (lengths !== undefined) rows.push([`resume of ${lengths.resumed} entries`, `${lengths.resumeMs} ms`]);
  return table(['', 'median'], rows);
}

function profileTable({ profile }: Results): string {
  if (profile === undefined) return '';
  return [
    table(
      ['part', '% of busy time'],
      profile.byPart.map(({ name, percent }) => [name, percent]),
    ),
    table(
      ['function', '% of busy time'],
      profile.byFunction.map(({ name, percent }) => [name, percent]),
    ),
  ].join('\n');
}
