// Gets the programs that the tests drive: a browser, Redis, a proxy, mongod. Where they are all there it only says so.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { build } from 'esbuild';

const wanted = [
  { name: 'chromium', packages: ['chromium'], there: () => isProgram(process.env.CHROMIUM_PATH) || onPath('chromium') },
  {
    name: 'redis-server',
    packages: ['redis-server'],
    there: () => Boolean(process.env.REDIS_URL) || onPath('redis-server'),
  },
  { name: 'nginx', packages: ['nginx-light'], there: () => onPath('nginx') },
  // Without any font a browser draws boxes, and text has no width: pictures and layout tests would both be wrong.
  {
    name: 'fonts',
    packages: ['fonts-dejavu-core', 'fonts-noto-core'],
    there: () => existsSync('/usr/share/fonts/truetype') || process.platform !== 'linux',
  },
];

const missing = wanted.filter(({ there }) => !there());
if (missing.length > 0) install(missing.flatMap(({ packages }) => packages));
const absent = missing
  .filter(({ there }) => !there())
  .map(({ name }) => `${name} is not here and could not be installed`);
const mongod = await findMongod();
if (mongod !== undefined) absent.push(mongod);
// The tests that need one say so and skip, unless this run asks for all of them.
for (const what of absent) console.log(`skipped: ${what}`);
if (absent.length > 0 && process.env.REQUIRE_SERVICES === '1') process.exitCode = 1;
if (absent.length === 0) console.log(`setup: ${[...wanted.map(({ name }) => name), 'mongod'].join(', ')} are here`);

/** Downloads mongod where there is none, so that no test has to wait for it. Answers why not, where it cannot be had. */
async function findMongod() {
  if (process.env.MONGODB_URL) return undefined;
  // The tests' own code knows where from; it is TypeScript, which Node 20 does not run.
  const outfile = resolve('.cache/mongod-binary.mjs');
  await build({
    entryPoints: ['test/services/mongod-binary.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const { findMongod: find } = await import(outfile);
  return find().then(
    () => undefined,
    (error) => error.message,
  );
}

function install(packages) {
  if (!onPath('apt-get') || process.getuid?.() !== 0) {
    console.log(`setup: please install ${packages.join(', ')} (on Debian: sudo apt-get install ${packages.join(' ')})`);
    return;
  }
  console.log(`setup: installing ${packages.join(', ')}`);
  // A fresh machine has no list of packages, and an old list names files that are gone.
  if (apt('update') && apt('install', '--yes', '--no-install-recommends', ...packages)) console.log('setup: installed');
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8' });
  if (status !== 0) console.log(`setup: apt-get ${args[0]} failed\n${stdout}${stderr}`);
  return status === 0;
}

function onPath(program) {
  // A plain user's PATH lacks sbin, where Debian puts servers.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.some((folder) => folder && isProgram(join(folder, program)));
}

function isProgram(file) {
  try {
    if (!file) return false;
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
