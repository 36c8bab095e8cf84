// Builds where something that goes into the build is newer than the last one, so that a second start does not wait for it.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';

const sources = [
  'protocol',
  'server',
  'widget',
  'package.json',
  'package-lock.json',
  'rollup.config.mjs',
  'scripts/lean-packages.mjs',
  'scripts/manifest.mjs',
  'tsconfig.base.json',
];
// Written by the build as its last act.
const stamp = 'dist/.built';

if (newest(sources) >= changedAt(stamp)) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });

function newest(paths) {
  return Math.max(...paths.map((path) => (statSync(path).isDirectory() ? newestIn(path) : changedAt(path))));
}

function newestIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map(({ parentPath, name }) => changedAt(`${parentPath}/${name}`)));
}

/** 0 for what does not exist. */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
