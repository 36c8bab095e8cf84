// Gets the programs that the tests drive: a browser, Redis, a proxy. Where they are all there it only says so.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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
if (missing.length === 0) {
  console.log(`setup: ${wanted.map(({ name }) => name).join(', ')} are here`);
} else {
  install(missing.flatMap(({ packages }) => packages));
  const still = missing.filter(({ there }) => !there());
  // The tests that need one say so and skip, unless this run asks for all of them.
  for (const { name } of still) console.log(`skipped: ${name} is not here and could not be installed`);
  if (still.length > 0 && process.env.REQUIRE_SERVICES === '1') process.exitCode = 1;
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
