import { createApp } from '../app.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { growRoomily } from '../heap.ts';

/** A process that hangs in its orderly end is of no use to anybody. */
const closeWithinMs = 25_000;

/** Serves until SIGTERM or SIGINT; resolves with the exit status. */
export async function serve(
  environment: Readonly<Record<string, string | undefined>>,
  options: { demo: boolean },
): Promise<number> {
  growRoomily();
  const config = readConfig(environment, options);
  // Before anybody is told that it listens: who ends it right then gets the orderly end too.
  const ended = new Promise<void>((end) => {
    // Said twice, by a supervisor to the group and by npm to its child, it is one end. Ctrl+C again is impatience.
    process.on('SIGTERM', () => end());
    process.once('SIGINT', () => end());
  });
  const app = await createApp(config).catch((error: unknown) => {
    throw explained(error, config);
  });
  process.stdout.write(`listening on ${app.url}\n`);
  if (config.demo) process.stdout.write(`demo at http://localhost:${new URL(app.url).port}${config.basePath}\n`);
  else if (options.demo) process.stdout.write('no demo: a key is configured\n');
  await ended;
  const late = setTimeout(() => process.exit(1), closeWithinMs);
  late.unref();
  await app.close();
  return 0;
}

/** What the system says of a name that nobody knows, or of an address that is another machine's. */
const noAddress = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'EAFNOSUPPORT'];

/** The variable behind the system's error. */
function explained(error: unknown, config: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new ConfigError('PORT', `${config.port} is in use on ${config.host}`);
  if (code === 'EACCES') return new ConfigError('PORT', `${config.port} may not be opened by this user`);
  if (typeof code === 'string' && noAddress.includes(code))
    return new ConfigError('HOST', `${config.host} is no address of this machine`);
  return error;
}
