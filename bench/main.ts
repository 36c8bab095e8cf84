import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { compare, ratiosOf, writeBaseline } from './baseline.ts';
import { drawAll } from './curves.ts';
import { measureProfile } from './measure-profile.ts';
import { reportOf } from './report.ts';
import type { Results } from './results.ts';
import { pair } from './scenarios/pair.ts';
import { rates } from './scenarios/rates.ts';
import { type Section, sectionNames, sections } from './sections.ts';
import { targetNames } from './services.ts';

const output = '.cache/bench-results';
const page = 'docs/performance.md';
const [tablesFrom, tablesTo] = ['<!-- bench: tables -->', '<!-- bench: end of tables -->'];
const say = (line: string) => void process.stdout.write(`${line}\n`);

const everything = targetNames.join(',');
const referenceNames = ['ws', 'socketio', 'group'] as const;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    /** Only these sections, by comma; what an earlier run measured of the others stays in the results. */
    only: { type: 'string' },
    /** With `--quick`: this run is what later ones are compared with. */
    'write-baseline': { type: 'boolean', default: false },
    /** CPU of one message: this build beside those in these folders, by comma, and the reference servers, in turns. */
    beside: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '5000' },
    /** Messages a second, by comma: instead of the usual rates, and all of them. */
    points: { type: 'string' },
    scale: { type: 'string', default: '1' },
    /** Into `docs/performance.md`, with the pictures beside it. */
    keep: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '5' },
    /** With `--beside`: seconds of load before those that are measured, three times as many at first; with 0 everybody has only just come in. */
    'warm-up': { type: 'string', default: '1' },
    /** Of the section `million`. */
    messages: { type: 'string', default: '1000000' },
    servers: { type: 'string', default: everything },
  },
});

const chosen = targetNames.filter((name) => values.servers.split(',').includes(name));

function machine(): Results['machine'] {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    at: new Date().toISOString(),
  };
}

function earlier(): Partial<Results> {
  try {
    return JSON.parse(readFileSync(`${output}/results.json`, 'utf8'));
  } catch {
    return {};
  }
}

function keep(results: Results): void {
  mkdirSync(output, { recursive: true });
  writeFileSync(`${output}/results.json`, `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(`${output}/report.md`, reportOf(results));
}

/** The tables and pictures of the documentation are those of this run. */
function publish(results: Results): void {
  const text = readFileSync(page, 'utf8');
  const [before] = text.split(tablesFrom);
  const [, after] = text.split(tablesTo);
  if (before === undefined || after === undefined) throw new Error(`${page} has no place for the tables`);
  const pictures = drawAll(results)
    .filter(({ file }) => !`${before}${after}`.includes(`${file}.svg`))
    .map(({ file, title }) => `![${title}](pictures/${file}.svg)\n`);
  writeFileSync(page, `${before}${tablesFrom}\n\n${[reportOf(results), ...pictures].join('\n')}\n${tablesTo}${after}`);
}

async function quick(): Promise<boolean> {
  const measured = await rates({
    names: ['socketio', 'group', 'chat'],
    points: [1_736, 3_000],
    seconds: 4,
    untilBroken: false,
    say,
  });
  const ratios = ratiosOf({ machine: machine(), rates: measured });
  if (values['write-baseline']) writeBaseline(ratios);
  return compare(ratios, say);
}

async function full(wanted: readonly Section[]): Promise<void> {
  const results: Results = { ...earlier(), machine: machine() };
  const options = {
    seconds: Number(values.seconds),
    messages: Number(values.messages),
    servers: chosen,
    scale: Number(values.scale),
    ...(values.points === undefined ? {} : { points: values.points.split(',').map(Number) }),
    say,
  };
  for (const name of wanted) {
    say(`\n== ${name}`);
    const from = performance.now();
    try {
      await sections[name](results, options);
    } catch (error) {
      // The others are worth having all the same.
      say(`${name} was not measured: ${error instanceof Error ? error.stack : String(error)}`);
      process.exitCode = 1;
    }
    say(`(${name}: ${Math.round((performance.now() - from) / 1_000)} s)`);
    // Kept as it grows: a run takes long, and what it has measured is worth having when it is broken off.
    keep(results);
  }
  say(`\n${reportOf(results)}\nIn full: ${output}/results.json`);
  if (values.keep) publish(results);
}

async function profile(): Promise<void> {
  const [perSecond, seconds] = [Number(values.rate), Number(values.seconds)];
  for (const name of values.servers === everything ? (['chat'] as const) : chosen)
    say(reportOf({ machine: machine(), profile: await measureProfile({ name, perSecond, seconds }) }));
}

/** This checkout's build beside others and the references, in turns. */
async function beside(builds: readonly string[]): Promise<void> {
  const costs = await pair({
    builds: ['dist', ...builds],
    names: values.servers === everything ? ['group'] : referenceNames.filter((name) => chosen.includes(name)),
    perSecond: Number(values.rate),
    seconds: Number(values.seconds),
    warmUpSeconds: Number(values['warm-up']),
    rounds: Number(values.rounds),
    say,
  });
  say(JSON.stringify(costs, undefined, 2));
}

if (values.quick) process.exitCode = (await quick()) ? 0 : 1;
else if (values.profile) await profile();
else if (values.beside !== undefined) await beside(values.beside.split(',').filter((folder) => folder !== ''));
else await full(sectionNames.filter((name) => values.only === undefined || values.only.split(',').includes(name)));
