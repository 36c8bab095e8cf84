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

async function main(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      demo: { type: 'boolean', default: false },
      sub: { type: 'string' },
      name: { type: 'string' },
      meeting: { type: 'string', multiple: true, default: [] },
      service: { type: 'boolean', default: false },
      'expires-in': { type: 'string', default: '3600' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  if (values.version) return print(version);
  if (values.help) return print(usage);
  const [command, ...rest] = positionals;
  if (command === 'serve' && rest.length === 0) return serve(process.env, { demo: values.demo });
  if (command === 'token' && rest.length === 0)
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
