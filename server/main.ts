#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { serve } from './cli/serve.ts';
import { printToken } from './cli/token.ts';
import { ConfigError } from './config.ts';
import { version } from './package.ts';

const usage = `meeting-chat ${version}

  meeting-chat serve [--demo]     starts an instance, configured by the environment (see docs/operations.md);
                                  --demo serves the demo where no key is configured
  meeting-chat token --sub ID [--name NAME] [--meeting ID[:organizer]]… [--service] [--expires-in SECONDS]
                                  prints a token signed with JWT_SECRET
`;

/** What each command takes: what it would ignore is a mistake of whoever wrote it. */
const taken = new Map([
  ['serve', ['demo']],
  ['token', ['sub', 'name', 'meeting', 'service', 'expires-in']],
]);

async function main(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      demo: { type: 'boolean' },
      sub: { type: 'string' },
      name: { type: 'string' },
      meeting: { type: 'string', multiple: true },
      service: { type: 'boolean' },
      'expires-in': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
  if (values.version) return print(version);
  if (values.help) return print(usage);
  const [command = '', ...rest] = positionals;
  const isRight = rest.length === 0 && Object.keys(values).every((option) => taken.get(command)?.includes(option));
  if (isRight && command === 'serve') return serve(process.env, { demo: values.demo ?? false });
  if (isRight && command === 'token')
    return print(printToken(process.env, { ...values, expiresIn: values['expires-in'] }));
  process.stderr.write(usage);
  return 1;
}

function print(text: string): number {
  process.stdout.write(`${text.trimEnd()}\n`);
  return 0;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // What the caller can put right is said in one line; the rest with its stack, for those who must find it.
    const ofTheCaller = error instanceof ConfigError || (error instanceof TypeError && 'code' in error);
    process.stderr.write(
      `${error instanceof Error ? (ofTheCaller ? error.message : (error.stack ?? error.message)) : String(error)}\n`,
    );
    process.exit(1);
  },
);
