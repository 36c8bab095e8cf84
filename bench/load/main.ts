import { run } from './run.ts';
import type { LoadSpec } from './spec.ts';

const spec: LoadSpec = JSON.parse(process.argv[2] ?? '{}');
run(spec).then(
  (result) => {
    process.stdout.write(`result ${JSON.stringify(result)}\n`);
    process.exit(0);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
