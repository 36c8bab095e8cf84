import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';
import { expectNoInside, expectUnharmed, isCatalogued } from './oracle.ts';
import { cases, timeoutOf } from './scale.ts';

type Schema = { type?: string; properties?: { [name: string]: Schema }; required?: string[] } & object;
type Parameter = { name: string; in: 'path' | 'query'; required?: boolean; schema: Schema };
type Operation = {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | undefined;
};
type Request = { operation: Operation; path: string; body: string | undefined; bearer: string; valid: boolean };

let server: Instance;
let operations: Operation[];
beforeAll(async () => {
  server = await startInstance();
  const described = await (await fetch(new URL('openapi.json', server.url))).json();
  operations = Object.entries<{ [method: string]: object }>(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: 'parameters' in operation ? (operation.parameters as Parameter[]) : [],
      body: bodyOf(operation),
    })),
  );
});
afterAll(() => server?.remove());

function bodyOf(operation: object): Schema | undefined {
  if (!('requestBody' in operation)) return undefined;
  return (operation.requestBody as { content: { 'application/json': { schema: Schema } } }).content['application/json']
    .schema;
}

/** Likely to be right for some field of some route. */
const likely = [
  'fuzzed',
  'alice',
  'mallory',
  1,
  2,
  0,
  5,
  true,
  false,
  'text',
  'open',
  'organizer',
  'me',
  'group',
  'meeting',
  'Some words',
  'a long passcode',
];
const strange = [
  '',
  ' ',
  '\u0000',
  '../..',
  '%',
  "'",
  '"',
  '{"$ne":1}',
  '__proto__',
  'constructor',
  '-1',
  '1e9',
  '99999999999999999999',
  'NaN',
  'x'.repeat(300),
  'ü',
  '\u202e',
];
const inText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...likely.map(String)) },
  { weight: 2, arbitrary: fc.constantFrom(...strange) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);
const inBody = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...likely, ...strange) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(null, [], {}, { $ne: 1 }, [['a']], { state: 'open' }, ['alice'], -0.5, 1e300),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const checks = new Map<Schema, (value: unknown) => boolean>();
function isOf(schema: Schema, value: unknown): boolean {
  const known = checks.get(schema);
  if (known !== undefined) return known(value);
  const validator = Compile(schema);
  checks.set(schema, (given) => validator.Check(given));
  return validator.Check(value);
}

/** In an address a number is written as text. */
function read({ schema }: Parameter, text: string): unknown {
  return schema.type === 'integer' && /^\d{1,16}$/.test(text) ? Number(text) : text;
}

const bearers = [
  token({ sub: 'alice', meetings: { fuzzed: 'organizer' } }),
  token({ sub: 'mallory', meetings: ['fuzzed'] }),
  token({ sub: 'backend', scope: 'service' }),
];

function requestTo(operation: Operation): fc.Arbitrary<Request> {
  const { parameters, body } = operation;
  const fields = Object.keys(body?.properties ?? { text: 1, key: 1, title: 1, kind: 1, user: 1, role: 1 });
  return fc
    .record({
      values: fc.array(fc.option(inText, { freq: 4, nil: undefined }), {
        minLength: parameters.length,
        maxLength: parameters.length,
      }),
      body: fc.oneof(
        {
          weight: 5,
          arbitrary: fc.dictionary(fc.constantFrom(...fields, '__proto__'), inBody, { maxKeys: fields.length }),
        },
        { weight: 1, arbitrary: inBody },
      ),
      bearer: fc.constantFrom(...bearers),
    })
    .map(({ values, body: given, bearer }) => {
      let { path } = operation;
      let valid = true;
      const query = new URLSearchParams();
      parameters.forEach((parameter, i) => {
        const value = values[i] ?? (parameter.in === 'path' ? 'fuzzed' : undefined);
        if (value === undefined) return;
        if (!isOf(parameter.schema, read(parameter, value))) valid = false;
        if (parameter.in === 'query') query.append(parameter.name, value);
        else path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
      });
      const text = body === undefined ? undefined : JSON.stringify(given);
      if (body !== undefined && text !== undefined && !isOf(body, JSON.parse(text))) valid = false;
      return { operation, path: query.size === 0 ? path : `${path}?${query}`, body: text, bearer, valid };
    });
}

const figures = { routes: 0, cases: 0, accepted: 0, serverErrors: 0, invalidAccepted: 0 };

async function attack({ operation, path, body, bearer, valid }: Request): Promise<void> {
  const answer = await fetch(new URL(path.slice(1), server.url), {
    method: operation.method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const shown = `${operation.method} ${path} ${body ?? ''} → ${answer.status} ${text.slice(0, 200)}`;
  figures.cases += 1;
  if (answer.ok) figures.accepted += 1;
  if (answer.status >= 500) figures.serverErrors += 1;
  if (answer.ok && !valid) figures.invalidAccepted += 1;
  expectNoInside(text);
  expect(answer.status, shown).toBeLessThan(500);
  expect(answer.ok && !valid, shown).toBe(false);
  if (!answer.ok) expect(isCatalogued(JSON.parse(text).error.code), shown).toBe(true);
}

test(
  'line 1: every route of the OpenAPI, by its own schema: no 5xx, nothing invalid accepted',
  async () => {
    figures.routes = operations.length;
    const together = 10;
    // In turn, so that each route gets its share whatever the seed.
    for (let done = 0; done < cases.http; done += operations.length * together) {
      for (const operation of operations) {
        const some = fc.array(requestTo(operation), { minLength: together, maxLength: together });
        await fc.assert(
          fc.asyncProperty(some, async (requests) => {
            await Promise.all(requests.map(attack));
          }),
          { numRuns: 1, endOnFailure: true },
        );
      }
    }
    await expectUnharmed(server);
    console.log('http', JSON.stringify(figures));
    expect(figures).toMatchObject({ serverErrors: 0, invalidAccepted: 0 });
    expect(figures.routes).toBeGreaterThan(15);
    expect(figures.accepted).toBeGreaterThan(0);
  },
  timeoutOf(60),
);
