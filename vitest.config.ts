import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Times and memory are compared here: one file at a time has two cores to itself. */
const alone = ['test/cluster/{backpressure,order,storm}.test.ts', 'test/security/{rate-limits,resources}.test.ts'];

/** They wait for many restarts, or for leases to end. Begun first, they are done when the short ones are. */
const long = /\/(kills|presence|faults|embedded|accessibility|outages)\.test\.ts$/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Every file in a process of its own: a server that a test leaves running, or a crash, must not reach the next file.
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    // `expect.poll` waits for what happens, on a machine that may be busy.
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ['test/no-child-left.ts'],
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['protocol/**/*.test.ts', 'server/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Waiting for processes and browsers, mostly: two files at a time share the cores without getting in each other's way.
        extends: true,
        test: {
          name: 'process',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: alone,
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
