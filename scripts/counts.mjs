import { report } from './step.mjs';

/** One step that either holds or does not: lint, types, build. */
export function single(outcome) {
  return { passed: outcome.ok ? 1 : 0, failed: outcome.ok ? 0 : 1, skipped: 0 };
}

/** The counts in vitest's JSON report. A file that could not even be loaded holds no test, and counts as one that failed. */
export function vitest(file) {
  return (outcome) => {
    const found = report(file);
    if (!found) return single({ ...outcome, ok: false });
    const unloaded = found.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    return honest(outcome, {
      passed: found.numPassedTests,
      failed: found.numFailedTests + unloaded.length,
      skipped: found.numPendingTests + found.numTodoTests,
    });
  };
}

/** The counts that the widget's test runner wrote. */
export function webTestRunner(file) {
  return (outcome) => {
    const found = report(file);
    return found ? honest(outcome, found) : single({ ...outcome, ok: false });
  };
}

/** A run that went wrong outside of any test, or ran none, is a failure too. */
function honest(outcome, { passed, failed, skipped }) {
  const broken = failed === 0 && (!outcome.ok || passed === 0);
  return { passed, failed: broken ? 1 : failed, skipped };
}
