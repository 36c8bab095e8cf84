import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { compare, ratiosOf, writeBaseline } from './baseline.ts';
import { drawAll } from './curves.ts';
import { measureProfile } from './measure-profile.ts';
import { reportOf } from './report.ts';
import type { Results } from './results.ts';
import { rates } from './scenarios/rates.ts';
import { type Section, sectionNames, sections } from './sections.ts';
import { startServices, stopServices, targetNames } from './services.ts';

const output = '.cache/bench-results';
const say = (line: string) => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    /** Only these sections, by comma; what an earlier run measured of the others stays in the results. */
    only: { type: 'string' },
    /** With `--quick`: this run is what later ones are compared with. */
    'write-baseline': { type: 'boolean', default: false },
    rate: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '5' },
    /** Of the section `million`. */
    messages: { type: 'string', default: '1000000' },
    servers: { type: 'string', default: targetNames.join(',') },
  },
});

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

async function quick(): Promise<boolean> {
  const services = await startServices();
  try {
    const measured = await rates(services, {
      names: ['socketio', 'group', 'chat'],
      points: [1_736, 3_000],
      seconds: 4,
      say,
    });
    const ratios = ratiosOf({ machine: machine(), rates: measured });
    if (values['write-baseline']) writeBaseline(ratios);
    return compare(ratios, say);
  } finally {
    await stopServices(services);
  }
}

async function full(wanted: readonly Section[]): Promise<void> {
  const results: Results = { ...earlier(), machine: machine() };
  const services = await startServices();
  try {
    const options = {
      seconds: Number(values.seconds),
      messages: Number(values.messages),
      servers: targetNames.filter((name) => values.servers.split(',').includes(name)),
      say,
    };
    for (const name of wanted) {
      say(`\n== ${name}`);
      await sections[name](services, results, options);
      // Kept as it grows: a run takes long, and what it has measured is worth having when it is broken off.
      keep(results);
    }
  } finally {
    await stopServices(services);
  }
  drawAll(results);
  say(`\n${reportOf(results)}\nIn full: ${output}/results.json`);
}

async function profile(): Promise<void> {
  const services = await startServices();
  try {
    say(
      reportOf({
        machine: machine(),
        profile: await measureProfile(services, Number(values.rate), Number(values.seconds)),
      }),
    );
  } finally {
    await stopServices(services);
  }
}

if (values.quick) process.exitCode = (await quick()) ? 0 : 1;
else if (values.profile) await profile();
else await full(sectionNames.filter((name) => values.only === undefined || values.only.split(',').includes(name)));
