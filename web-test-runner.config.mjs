import { mkdirSync, writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, summaryReporter } from '@web/test-runner';
import { chromiumFlags } from './test/services/chromium-flags.mjs';

const report = '.cache/wtr.json';

/** The tests' figures for the script that adds them up; a file that did not load counts as one failed test. */
const figures = {
  onTestRunFinished({ sessions }) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const count = (suite) => {
      for (const test of suite.tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
      for (const inner of suite.suites) count(inner);
    };
    for (const { testResults, errors } of sessions) {
      if (testResults) count(testResults);
      counts.failed += errors.length > 0 || !testResults ? 1 : 0;
    }
    mkdirSync('.cache', { recursive: true });
    writeFileSync(report, `${JSON.stringify(counts)}\n`);
  },
};

/** Answers `/held/…` only when `/release/…` of the same name is asked for: a page whose `load` waits for a test. */
const held = new Map();
const holding = {
  name: 'holding',
  async serve({ path, response }) {
    const [, verb, name] = path.match(/^\/(held|release)\/([\w-]+)$/) ?? [];
    if (verb === 'held') await new Promise((release) => held.set(name, release));
    if (verb === 'release') held.get(name)?.();
    if (!verb) return undefined;
    response.set('cache-control', 'no-store');
    return { body: '', type: 'text/plain' };
  },
};

/** Firefox hears the same commands as Chromium: `FIREFOX_PATH` runs the tests in it instead. */
const { FIREFOX_PATH, CHROMIUM_PATH = '/usr/bin/chromium' } = process.env;

export default {
  files: 'widget/**/*.test.ts',
  nodeResolve: { browser: true, exportConditions: ['browser'] },
  plugins: [holding, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'widget/tsconfig.json' })],
  // One page at a time: the browser gives frames, focus and timers at full speed only to the one in front.
  concurrency: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  browsers: [
    chromeLauncher({
      launchOptions: FIREFOX_PATH
        ? { browser: 'firefox', executablePath: FIREFOX_PATH }
        : { executablePath: CHROMIUM_PATH, args: [...chromiumFlags] },
      // A context of its own for each file: what one stores is not there for the next.
      createBrowserContext: ({ browser }) => browser.createBrowserContext(),
    }),
  ],
  reporters: [summaryReporter(), figures],
};
