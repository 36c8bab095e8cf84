import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';

test('the package as it is published can be imported by everyone whom it invites to', async () => {
  const { messages } = await publint({ pkgDir: '.', strict: true });
  const described: object = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(messages.map((message) => formatMessage(message, described, { color: false }))).toEqual([]);
});

test('what is packed is built first: of a fresh checkout the package would hold nothing that can be run', () => {
  const { scripts }: { scripts: { [name: string]: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts.prepack).toBe(scripts.prestart);
});

test('what a page imports can be imported where pages are rendered on a server, and does nothing there', () => {
  const program = "import { MeetingChat } from 'meeting-chat'; console.log(typeof MeetingChat);";
  expect(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })).toBe(
    'undefined\n',
  );
});

test('a bundle holds at first what the script tag fetches at first: the rest are files that its bundler makes', () => {
  const { metafile } = buildSync({
    stdin: { contents: "import 'meeting-chat';", resolveDir: '.' },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;
  const first = new Set(Object.keys(outputs).filter((name) => /stdin/.test(name)));
  for (const name of first) {
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === 'import-statement') first.add(path);
  }
  const bytes = [...first].reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(200_000);
  expect(Object.keys(outputs).length).toBeGreaterThan(50);
});

test('the package holds the pages that its README, its docs and its program point to', () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { encoding: 'utf8' });
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(listed);
  const packed = new Set(files.map(({ path }) => path));
  const missing = [...packed]
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(name, 'utf8').matchAll(/(?<=\]\()(?!https?:)[^)#\s]+\.md/g)]
        .map(([target]) => new URL(target, new URL(name, 'file:///')).pathname.slice(1))
        .filter((target) => !packed.has(target))
        .map((target) => `${name} → ${target}`),
    );
  expect(missing).toEqual([]);
  const [pointedTo] = readFileSync('server/main.ts', 'utf8').match(/(?<=\(see )[^)]+/) ?? [];
  expect([...packed]).toContain(pointedTo);
});
