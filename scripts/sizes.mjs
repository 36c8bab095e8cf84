// What a visitor's browser has to fetch, compressed as the server sends it. Run after the build; when something is too
// big it says what each module weighs and what grew since `scripts/sizes.json` was last written (`--write`).
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { rollup } from 'rollup';
import builds from '../rollup.config.mjs';

/**
 * Bytes, brotli. A reader fetches one language: the biggest counts among the lazy parts, as if they were all used, and is
 * held to a limit of its own, so that no text file grows unseen behind it.
 */
const limits = { loader: 1_200, chat: 40_000, lazy: 70_000, language: 6_000 };
const recordFile = 'scripts/sizes.json';
/** A module counts as grown when its share of the minified code did by more than this. */
const noiseBytes = 50;

const [{ output: outputOptions, ...input }] = builds;
const bundle = await rollup(input);
const { output } = await bundle.generate(outputOptions);
await bundle.close();
const chunks = output.filter(({ type }) => type === 'chunk');

const languageOf = ({ facadeModuleId }) => facadeModuleId?.match(/\/i18n\/\w+\/([a-z]{2})\.ts$/)?.[1];
const partOf = (chunk) => {
  if (chunk.fileName === 'widget.js') return 'loader';
  if (chunk.fileName.startsWith('chat-')) return 'chat';
  return languageOf(chunk) ? 'language' : 'lazy';
};
const sizes = { loader: 0, chat: 0, lazy: 0, language: 0 };
const languages = {};
const modules = {};
for (const chunk of chunks) {
  const part = partOf(chunk);
  const size = brotliCompressSync(chunk.code).length;
  const language = languageOf(chunk);
  if (language) languages[language] = (languages[language] ?? 0) + size;
  else sizes[part] += size;
  for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
    const name = `${part}: ${nameOf(id)}`;
    modules[name] = (modules[name] ?? 0) + renderedLength;
  }
}
sizes.language = Math.max(...Object.values(languages));
sizes.lazy += sizes.language;

if (process.argv.includes('--write')) {
  writeFileSync(recordFile, `${JSON.stringify({ sizes, modules: sorted(modules) }, null, 2)}\n`);
}
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const figures = Object.entries(sizes).map(([part, size]) => `${part} ${kB(size)} of ${kB(limits[part])}`);
const tooBig = Object.keys(limits).filter((part) => sizes[part] > limits[part]);
// The first chat is one chunk: a second one that it imports would be another round trip.
const chained = chunks.filter((chunk) => partOf(chunk) === 'chat' && chunk.imports.length > 0);

if (tooBig.length === 0 && chained.length === 0) {
  console.log(`sizes ok: ${figures.join(', ')} (brotli)`);
} else {
  console.error(`sizes failed: ${figures.join(', ')} (brotli)`);
  for (const { fileName, imports } of chained) console.error(`  ${fileName} imports ${imports.join(', ')}`);
  for (const part of tooBig) tellWhatGrew(part);
  process.exitCode = 1;
}

/** Before minification, because afterwards nobody knows any more which byte came from where. */
function tellWhatGrew(part) {
  const { modules: before } = JSON.parse(readFileSync(recordFile, 'utf8'));
  const own = Object.entries(modules).filter(([name]) => name.startsWith(`${part}: `));
  const grown = own
    .map(([name, size]) => ({ name, by: size - (before[name] ?? 0) }))
    .filter(({ by }) => by > noiseBytes)
    .sort((a, b) => b.by - a.by);
  console.error(
    `  ${part} is over its limit by ${kB(sizes[part] - limits[part])}. What grew, in bytes before minification:`,
  );
  for (const { name, by } of grown) console.error(`    +${by}  ${name}`);
  if (grown.length === 0) console.error('    nothing since the record was written; the limit itself was too low');
}

/** Packages by name, own files by path: neither depends on where the checkout lies. */
function nameOf(id) {
  const [, inPackage] = id.split(/.*\/node_modules\//);
  if (inPackage)
    return inPackage
      .split('/')
      .slice(0, inPackage.startsWith('@') ? 2 : 1)
      .join('/');
  return id.replace(`${process.cwd()}/`, '');
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).sort(([, a], [, b]) => b - a));
}
