import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const sources = (folder: string) =>
  readdirSync(new URL(`../${folder}`, import.meta.url)).map((name) => page(`${folder}/${name}`));

type Item = { name: string; kind?: string; description?: string; attribute?: string; fieldName?: string };
type List = 'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties' | 'cssStates';
const element: { [list in List]: Item[] } = JSON.parse(page('dist/custom-elements.json')).modules[0].declarations[0];
const names = (list: List) => element[list].map(({ name }) => name);

const docs = page('docs/embedding.md');
/** What stands in backticks at the beginning of each row of the table under that heading of columns. */
const documented = (column: string) => {
  const [, table = ''] = docs.match(new RegExp(`^\\| ${column} \\|.*\\n\\| ---.*\\n((?:\\|.*\\n)+)`, 'm')) ?? [];
  return [...table.matchAll(/^\| `([^`(]+)/gm)].map(([, name]) => name);
};
const all = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));

test.each([
  ['attribute', 'attributes'],
  ['event', 'events'],
  ['slot', 'slots'],
  ['state', 'cssStates'],
  ['property', 'cssProperties'],
  ['part', 'cssParts'],
] as const)('docs/embedding.md and the manifest name each %s, in the same order, and no other', (column, list) => {
  expect(documented(column)).toEqual(names(list));
  expect(names(list).length).toBeGreaterThan(0);
});

test('docs/embedding.md and the manifest name each method, and each property that is no attribute', () => {
  const methods = element.members.filter(({ kind }) => kind === 'method');
  expect(documented('method')).toEqual(methods.map(({ name }) => name));
  const [getToken, ...others] = element.members.filter(({ kind, attribute }) => kind === 'field' && !attribute);
  expect(getToken?.name).toBe('getToken');
  expect(docs).toContain('The property `getToken`');
  expect(others).toEqual([]);
});

test('everything in the manifest says what it is', () => {
  const items = Object.values(element).flatMap((list) => (Array.isArray(list) ? list : []));
  expect(items.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
});

test('each attribute but the loader’s own is a property of the element', () => {
  const fields = element.members.filter(({ kind }) => kind === 'field').map(({ name }) => name);
  const without = element.attributes.filter(({ fieldName }) => !fieldName || !fields.includes(fieldName));
  expect(without.map(({ name }) => name)).toEqual(['load']);
  expect(page('widget/loader.ts')).toContain("getAttribute('load')");
});

test('each event and each state is one that the element tells, and no other is', () => {
  const text = page('widget/host-events.ts');
  expect(new Set(names('events'))).toEqual(all(text, /^ {2}'(mc-[\w-]+)':/gm));
  const [, states = ''] = text.match(/this\.#setStates\(\{([\s\S]*?)\}\)/) ?? [];
  expect(new Set(names('cssStates'))).toEqual(all(states, /^\s+(\w+)[:,]/gm));
});

test('each slot and each part is in the views, and no other is', () => {
  const views = [...sources('widget/views'), ...sources('widget/lazy'), page('widget/meeting-chat.ts')].join('\n');
  const slots = all(views, /<slot name="([\w-]+)"/g);
  // The element's own: where its announcements lie.
  expect(slots.delete('announcer')).toBe(true);
  expect(slots).toEqual(new Set(names('slots')));
  const literal = [...all(views, /\bpart="([\w -]+)"/g)].flatMap((value) => value?.split(' ') ?? []);
  expect(literal.filter((name) => !names('cssParts').includes(name))).toEqual([]);
  // Some are named in an expression: `part=${own ? 'message message-own' : 'message'}`.
  const written = new Set([
    ...literal,
    ...[...all(views, /'([a-z-]+(?: [a-z-]+)*)'/g)].flatMap((text) => text?.split(' ') ?? []),
  ]);
  expect(names('cssParts').filter((name) => !written.has(name))).toEqual([]);
});

test('the package names its manifest', () => {
  const { customElements, files }: { customElements: string; files: string[] } = JSON.parse(page('package.json'));
  expect(customElements).toBe('dist/custom-elements.json');
  expect(files).toContain('dist');
});
