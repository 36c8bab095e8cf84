import { mkdirSync, writeFileSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, summaryReporter } from '@web/test-runner';

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

export default {
  files: 'widget/**/*.test.ts',
  nodeResolve: { browser: true, exportConditions: ['browser'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'widget/tsconfig.json' })],
  // Two cores, which other suites may be using as well.
  concurrency: 2,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
        args: [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      },
      // A context of its own for each file: what one stores is not there for the next.
      createBrowserContext: ({ browser }) => browser.createBrowserContext(),
    }),
  ],
  reporters: [summaryReporter(), figures],
};
