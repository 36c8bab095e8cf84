import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { byeCatalogue, errorCatalogue } from '../protocol/errors.ts';
import { protocolVersion } from '../protocol/version.ts';

const page = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
/** The cells of each table row that begins with something in backticks, without the backticks around the first. */
const rows = (markdown: string) =>
  [...markdown.matchAll(/^\| `([^`]+)` \|(.+)\|$/gm)].map(([, first = '', rest = '']) => [
    first,
    ...rest.split('|').map((cell) => cell.trim()),
  ]);

test('docs/errors.md names every code of the catalogue with its status and what to do, and no other', () => {
  const [codes = '', byes = ''] = page('docs/errors.md').split('## Goodbyes');
  expect(rows(codes).map((row) => row.slice(0, 3))).toEqual(
    Object.entries(errorCatalogue).map(([code, { status, retry }]) => [code, String(status), retry]),
  );
  expect(rows(byes).map((row) => row.slice(0, 2))).toEqual(
    Object.entries(byeCatalogue).map(([code, { reconnect }]) => [code, reconnect ? 'yes' : 'no']),
  );
});

test('docs/protocol.md says which version of the contract it is', () => {
  expect(page('docs/protocol.md')).toContain(`is \`protocolVersion\`, now ${protocolVersion}.`);
});

test('docs/operations.md describes every variable that the server reads, and no other', () => {
  const read = new Set(page('server/config.ts').match(/(?<=get\(')[A-Z_]+(?='\))/g));
  const described = rows(page('docs/operations.md').split('\n## ')[1] ?? '').map(([variable]) => variable);
  expect(new Set(described)).toEqual(read);
});

test('compose.yaml passes every variable that the server reads, but those that are the container’s own', () => {
  const read = new Set(page('server/config.ts').match(/(?<=get\(')[A-Z_]+(?='\))/g));
  const passed = [...page('compose.yaml').matchAll(/^ {6}([A-Z_]+): \$\{\1:-.*\}$/gm)].map(([, variable]) => variable);
  expect(new Set(['HOST', 'PORT', ...passed])).toEqual(read);
});

test('docs/protocol.md names for each rule the tests that prove it', () => {
  const text = page('docs/protocol.md');
  const rules = [...text.matchAll(/^- \*\*(R\d+)\*\*/gm)].map(([, rule]) => rule);
  const proofs = [...text.matchAll(/^\| (R\d+) \| (.+) \|$/gm)];
  expect(proofs.map(([, rule]) => rule)).toEqual(rules);
  const unproved = proofs.flatMap(([, rule = '', cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)]
      // A title begins with the numbers of the rules: 'R1 R2: …'
      .filter(([, file = '']) => !new RegExp(`['"\`](R\\d+ )*${rule}[ :]`).test(page(file)))
      .map(([, file]) => `${rule}: ${file}`),
  );
  expect(unproved).toEqual([]);
});

test('the style sheets read each custom property that is documented, and no other', () => {
  const sheets = readdirSync(new URL('../widget/styles', import.meta.url)).map((name) => page(`widget/styles/${name}`));
  const read = new Set(sheets.join('').match(/--mc-[\w-]+/g));
  const documented = [...page('widget/meeting-chat.ts').matchAll(/@cssprop (--mc-[\w-]+)/g)].map(([, name]) => name);
  expect(read).toEqual(new Set(documented));
  expect(read.size).toBeGreaterThanOrEqual(30);
});

test('docs/embedding.md gives the hash of the script that it gives', () => {
  const text = page('docs/embedding.md');
  const [, script = ''] = text.match(/<script type="module">(.+)<\/script>/) ?? [];
  expect(text).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
});

test('every link between the pages leads somewhere', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...['architecture', 'embedding', 'errors', 'operations', 'protocol'].map((name) => `docs/${name}.md`),
  ];
  const broken = pages.flatMap((name) =>
    [...page(name).matchAll(/(?:\]\(|src="|srcset=")(?!https?:|#)([^)#\s"]+)/g)]
      .map(([, target = '']) => new URL(target, new URL(name, 'file:///')).pathname.slice(1))
      .filter((target) => !exists(target))
      .map((target) => `${name} → ${target}`),
  );
  expect(broken).toEqual([]);
});

function exists(name: string): boolean {
  try {
    return page(name) !== undefined;
  } catch (error) {
    // A folder is there too, though it cannot be read like a page.
    return error instanceof Error && 'code' in error && error.code === 'EISDIR';
  }
}
