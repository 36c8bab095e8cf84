import { createHash } from 'node:crypto';

// A page without a script and without anything from elsewhere: it is written here, once, from the API's description.

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
section { margin: 1.5rem 0; }
h3 { margin: 0 0 .25rem; font-size: 1rem; }
h3 code { font-size: 1rem; }
pre { margin: .25rem 0; padding: .75rem; overflow-x: auto; border-radius: .5rem; font-size: .8125rem;
  background: color-mix(in srgb, currentColor 8%, transparent); }
summary { cursor: pointer; }
`;

export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Node = { readonly [name: string]: unknown };
type Operation = { method: string; path: string; operation: Node };

/** The description of the API for people to read. */
export function docsPage(description: object): string {
  const { info, paths } = { ...description } as Node;
  const operations = Object.entries(nodeOf(paths)).flatMap(([path, methods]) =>
    Object.entries(nodeOf(methods)).map(
      ([method, operation]): Operation => ({ method: method.toUpperCase(), path, operation: nodeOf(operation) }),
    ),
  );
  const groups = new Map<string, Operation[]>();
  for (const each of operations) {
    const tag = Array.isArray(each.operation.tags) ? textOf(each.operation.tags[0]) : '';
    groups.set(tag, [...(groups.get(tag) ?? []), each]);
  }
  const { title, version, description: about } = nodeOf(info);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)} API</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)} API <small>${escaped(version)}</small></h1>
<p>${escaped(about)} Every request listed here takes <code>Authorization: Bearer TOKEN</code>.
The same for programs: <a href="openapi.json">openapi.json</a>.</p>
${[...groups].map(([tag, some]) => `<h2>${escaped(tag)}</h2>\n${some.map(section).join('\n')}`).join('\n')}
</body>
</html>
`;
}

function section({ method, path, operation }: Operation): string {
  const { summary, description, parameters, requestBody, responses } = operation;
  const query = (Array.isArray(parameters) ? parameters : [])
    .map(nodeOf)
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) => [textOf(name), schema] as const);
  const body = contentOf(requestBody);
  const answers = Object.entries(nodeOf(responses)).filter(([status]) => /^2\d\d$/.test(status));
  return `<section>
<h3><code>${escaped(method)} ${escaped(path)}</code> ${escaped(summary)}</h3>
${description === undefined ? '' : `<p>${escaped(description)}</p>`}
${query.length === 0 ? '' : block('Query', Object.fromEntries(query))}
${body === undefined ? '' : block('Body', body)}
${answers.map(([status, answer]) => block(`Answer ${status}`, contentOf(answer))).join('\n')}
</section>`;
}

function block(name: string, schema: unknown): string {
  if (schema === undefined) return `<p>${escaped(name)}, empty.</p>`;
  return `<details><summary>${escaped(name)}</summary><pre>${escaped(JSON.stringify(schema, null, 2))}</pre></details>`;
}

function contentOf(value: unknown): unknown {
  return nodeOf(nodeOf(nodeOf(value).content)['application/json']).schema;
}

function nodeOf(value: unknown): Node {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function escaped(value: unknown): string {
  return textOf(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
