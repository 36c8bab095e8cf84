// Writes dist/custom-elements.json: what `<meeting-chat>` offers, for editors and other tools. From the tags of the class's
// comment, and from the types that the build has made of its members; so it runs after the types are there.
import { readFileSync, writeFileSync } from 'node:fs';

const modulePath = 'dist/module/define.js';
const source = readFileSync('widget/meeting-chat.ts', 'utf8');
const types = readFileSync('dist/types/meeting-chat.d.ts', 'utf8')
  // What is read there is a method, whatever may be assigned to it.
  .replace(/^ {4}get (\w+)\(\): \((.*)\) => /gm, '    $1($2): ');

const [, comment = ''] = source.match(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport class MeetingChat /) ?? [];
const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trim());

/** The tags of one kind, in their order: `@name {type} item - description`. */
function tagged(tag) {
  return lines.flatMap((line) => {
    const [, type, name, description] = line.match(new RegExp(`^@${tag} (?:\\{(.+)\\} )?(\\S+) - (.+)$`)) ?? [];
    return name ? [{ name, ...(type && { type: { text: type } }), description }] : [];
  });
}

/** Attribute → property, as the class declares them. */
function fieldsByAttribute() {
  const [, declared = ''] = source.match(/static override properties = \{\n([\s\S]*?)\n {2}\};/) ?? [];
  return Object.fromEntries(
    [...declared.matchAll(/^ {4}(\w+): \{(.*)\},$/gm)]
      .filter(([, , options]) => !options.includes('attribute: false'))
      .map(([, field, options]) => [options.match(/attribute: '([^']+)'/)?.[1] ?? field.toLowerCase(), field]),
  );
}

/** What is public and of the element's own: not what the browser or Lit calls. */
function members(fields) {
  const [, body = ''] = types.match(/export declare class MeetingChat [^{]*\{\n([\s\S]*?)\n\}/) ?? [];
  const found = body.matchAll(/(?: {4}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^ {4}(\w+)(\(([^\n]*)\))?: ([^\n{]+);$/gm);
  return [...found]
    .filter(([, , name]) => !/Callback$/.test(name))
    .map(([, doc, name, isMethod, parameters = '', type]) =>
      isMethod ? method(name, parameters, type, doc) : field(name, type, fields),
    );
}

function method(name, parameters, type, doc = '') {
  const [description = '', returned] = doc
    .replace(/\n\s*\*/g, ' ')
    .split('@returns')
    .map((text) => text.replace(/^\s*\*?/, '').trim());
  return {
    kind: 'method',
    name,
    description: description.replace(/\s+/g, ' '),
    parameters: parameters.split(', ').flatMap((parameter) => {
      const [parameterName, text] = parameter.split(': ');
      return text ? [{ name: parameterName, type: { text } }] : [];
    }),
    return: { type: { text: type }, ...(returned && { description: returned.replace(/\s+/g, ' ') }) },
  };
}

function field(name, type, fields) {
  const [attribute] = Object.entries(fields).find(([, own]) => own === name) ?? [];
  const tag = [...tagged('attr'), ...tagged('prop')].find((item) => item.name === (attribute ?? name));
  return { kind: 'field', name, type: { text: type }, description: tag?.description, ...(attribute && { attribute }) };
}

const fields = fieldsByAttribute();
const declaration = {
  kind: 'class',
  customElement: true,
  tagName: 'meeting-chat',
  name: 'MeetingChat',
  description: lines.filter((line) => line !== '' && !line.startsWith('@')).join(' '),
  superclass: { name: 'LitElement', package: 'lit' },
  attributes: tagged('attr').map((attribute) => ({
    ...attribute,
    ...(fields[attribute.name] && { fieldName: fields[attribute.name] }),
  })),
  members: members(fields),
  events: tagged('fires').map((event) => ({
    ...event,
    type: { text: `CustomEvent<HostEventDetails['${event.name}']>` },
  })),
  slots: tagged('slot'),
  cssParts: tagged('csspart'),
  cssProperties: tagged('cssprop'),
  cssStates: tagged('cssstate'),
};
const own = { name: 'MeetingChat', module: modulePath };
const manifest = {
  schemaVersion: '2.1.0',
  modules: [
    {
      kind: 'javascript-module',
      path: modulePath,
      declarations: [declaration],
      exports: [
        { kind: 'js', name: 'MeetingChat', declaration: own },
        { kind: 'custom-element-definition', name: 'meeting-chat', declaration: own },
      ],
    },
  ],
};
writeFileSync('dist/custom-elements.json', `${JSON.stringify(manifest, null, 2)}\n`);
