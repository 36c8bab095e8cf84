// Everything there is to test, as one command. Every step runs even after another has failed, so that one run shows all
// there is to mend; only what cannot work without the build is left out when the build failed.
import { rmSync } from 'node:fs';
import { single, vitest, webTestRunner } from './counts.mjs';
import { run } from './step.mjs';

const seconds = (count) => count * 1000;

/** In this order, one after another: the suites start databases and browsers, which two cores carry one suite at a time. */
const steps = [
  { name: 'setup', command: ['node', 'scripts/setup.mjs'], timeoutMs: seconds(400), count: single },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings'], timeoutMs: seconds(60), count: single },
  { name: 'types', command: ['tsc', '-b'], timeoutMs: seconds(300), count: single },
  { name: 'build', command: ['npm', 'run', 'build'], timeoutMs: seconds(300), count: single },
  { name: 'sizes', command: ['node', 'scripts/sizes.mjs'], timeoutMs: seconds(60), count: single, needs: 'build' },
  suite('unit', 600),
  {
    name: 'widget',
    command: ['wtr'],
    timeoutMs: seconds(600),
    reports: '.cache/wtr.json',
    count: webTestRunner('.cache/wtr.json'),
  },
  { ...suite('process', 1500), needs: 'build' },
  { ...suite('system', 900), needs: 'build' },
];

/** One project of vitest.config.ts. */
function suite(name, atMostSeconds) {
  const reports = `.cache/vitest-${name}.json`;
  return {
    name,
    command: [
      'vitest',
      'run',
      `--project=${name}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports}`,
    ],
    timeoutMs: seconds(atMostSeconds),
    reports,
    count: vitest(reports),
  };
}

const total = { passed: 0, failed: 0, skipped: 0 };
const failed = new Set();
for (const step of steps) {
  const outcome = failed.has(step.needs)
    ? { ok: false, why: `needs ${step.needs}`, output: '', seconds: 0 }
    : await attempt(step);
  const counts = step.count(outcome);
  for (const kind of Object.keys(total)) total[kind] += counts[kind];
  if (counts.failed > 0) failed.add(step.name);
  tell(step, outcome, counts);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

function attempt(step) {
  // Else a run that dies early would be judged by the report of the run before it.
  if (step.reports) rmSync(step.reports, { force: true });
  return run(step);
}

function tell({ name, reports }, outcome, { passed, failed, skipped }) {
  if (failed > 0) console.log(outcome.output.trimEnd());
  for (const line of outcome.output.match(/^skipped: .+$/gm) ?? []) console.log(line);
  const verdict = failed > 0 ? `failed${outcome.why ? `, ${outcome.why}` : ''}` : 'ok';
  const tests = reports ? ` ${passed} passed, ${failed} failed, ${skipped} skipped` : '';
  console.log(`${name.padEnd(7)} … ${verdict} (${outcome.seconds.toFixed(1)} s)${tests}`);
}
