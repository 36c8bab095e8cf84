import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import resolveModules from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import esbuild from 'rollup-plugin-esbuild';

const folder = 'dist/widget';
const target = 'es2022';

/** Style sheets are text to a minifier of scripts; this one reads them. */
const minifyStyles = {
  name: 'minify-styles',
  async transform(code, id) {
    if (!/\/widget\/styles\//.test(id)) return null;
    const parts = code.split(/(css`[^`]*`)/);
    const minified = await Promise.all(
      parts.map(async (part) => {
        if (!part.startsWith('css`')) return part;
        const { code: style } = await transform(part.slice(4, -1), {
          loader: 'css',
          minify: true,
          target: 'chrome123',
        });
        return `css\`${style.trim().replaceAll('\\', '\\\\')}\``;
      }),
    );
    return { code: minified.join(''), map: null };
  },
};

/** The indentation of templates: white space with a line break in it, between two tags or at an end of the template. */
const minifyTemplates = {
  name: 'minify-templates',
  transform(code, id) {
    if (!/\/widget\/.*\.ts$/.test(id) || !/(html|svg)`/.test(code)) return null;
    return { code: code.replaceAll(/\n\s+/g, (space, at) => (inTemplate(code, at) ? ' ' : space)), map: null };
  },
};

/** Whether the place is inside a template literal's text, and not inside one of its expressions. */
function inTemplate(code, at) {
  const open = [];
  for (let i = 0; i < at; i += 1) {
    const inText = open.at(-1) === '`';
    if (code[i] === '\\') i += 1;
    else if (code[i] === '`') inText ? open.pop() : open.push('`');
    else if (inText && code.startsWith('${', i)) open.push('{');
    else if (!inText && code[i] === '{') open.push('(');
    else if (!inText && code[i] === '}' && open.length > 0) open.pop();
  }
  return open.at(-1) === '`';
}

/** Engine.IO's files for Node have their counterparts for browsers beside them. */
const browserTransports = {
  name: 'browser-transports',
  resolveId(source, importer = '') {
    if (!/engine\.io-(client|parser)/.test(importer)) return null;
    const wanted = source
      .replace(/^(\.{1,2}\/.*)\.node\.js$/, '$1.js')
      .replace(/^\.\/(en|de)codePacket\.js$/, './$1codePacket.browser.js');
    return wanted === source ? null : resolve(dirname(importer), wanted);
  },
};

/** Only the transports that the chat uses: the third would be WebTransport, which the server does not offer. */
const twoTransports = {
  name: 'two-transports',
  transform(code, id) {
    if (!id.includes('engine.io-client') || basename(id) !== 'index.js' || !id.includes('transports')) return null;
    return { code: code.replace(/^import .*webtransport.*$/m, '').replace(/webtransport: WT,/, ''), map: null };
  },
};

/**
 * Parts of packages that the chat has no use for, by the end of their files' names. It speaks JSON only, so nothing has to
 * look for binary data in every packet, or to put it back; it makes its own managers, so none is looked up by URL, and each of them
 * is one attempt, so none waits for its next; and every
 * browser that it runs in can parse one.
 */
const unused = {
  'socket.io-parser/build/esm/is-binary.js': 'export const isBinary = () => false; export const hasBinary = isBinary;',
  'socket.io-parser/build/esm/binary.js':
    'export const deconstructPacket = (packet) => ({ packet, buffers: [] }); export const reconstructPacket = (packet) => packet;',
  'engine.io-parser/build/esm/encodePacket.browser.js': `
    import { PACKET_TYPES } from './commons.js';
    export const encodePacket = ({ type, data }, _binary, give) => give(PACKET_TYPES[type] + (data || ''));
    export const encodePacketToBinary = undefined;`,
  'engine.io-parser/build/esm/decodePacket.browser.js': `
    import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js';
    export const decodePacket = (packet) => {
      const type = typeof packet === 'string' && PACKET_TYPES_REVERSE[packet[0]];
      return type ? { type, data: packet.slice(1) || undefined } : ERROR_PACKET;
    };`,
  'engine.io-client/build/esm/contrib/parseuri.js': `
    export const parse = (text) => {
      const { protocol, hostname, port, search } = new URL(text);
      return { protocol: protocol.slice(0, -1), host: hostname.replace(/[[\\]]/g, ''), port, query: search.slice(1) };
    };`,
  'socket.io-client/build/esm/contrib/backo2.js': `
    export class Backoff {
      attempts = 0;
      setMin() {}
      setMax() {}
      setJitter() {}
      reset() {}
    }`,
  'socket.io-client/build/esm/index.js': "export { Manager } from './manager.js';",
};
const withoutUnused = {
  name: 'without-unused',
  load: (id) => Object.entries(unused).find(([file]) => id.endsWith(`/${file}`))?.[1] ?? null,
};

/**
 * Methods of packages that nothing of the chat calls, by the end of their files' names; `emptied` are those that are called and
 * have nothing to do: it sends nothing again by itself, and listens to no event by any name.
 */
const unusedMethods = {
  'socket.io-client/build/esm/socket.js': {
    removed:
      'get disconnected|send|emitWithAck|_addToQueue|close|compress|get volatile|(prepend|off|on|listeners)Any(Outgoing)?',
    emptied: '_drainQueue|notifyOutgoingListeners',
  },
  'socket.io-client/build/esm/manager.js': {
    removed: 'connect|disconnect|reconnect|onreconnect',
    emptied: 'maybeReconnectOnOpen',
  },
  'engine.io-client/build/esm/socket.js': { removed: 'send' },
  'socket.io-parser/build/esm/index.js': { removed: 'encodeAsBinary' },
};
const withoutMethods = {
  name: 'without-methods',
  transform(code, id) {
    const found = Object.entries(unusedMethods).find(([file]) => id.endsWith(`/${file}`))?.[1];
    if (!found) return null;
    const method = (names) => new RegExp(`^ {4}(?:${names})\\(.*?\\) \\{$.*?^ {4}\\}$`, 'gms');
    const { removed, emptied = '(?!)' } = found;
    if (!method(removed).test(code)) this.error(`${id} is written otherwise than it was`);
    const shorter = code
      .replaceAll(method(removed), '')
      .replaceAll(method(emptied), (text) => `${text.slice(0, text.indexOf('('))}() {}`);
    return { code: shorter, map: null };
  },
};

/** Cursors as asynchronous iterators, which `idb` adds to what it wraps: all that is behind the traps of its stores. */
const noCursors = {
  name: 'no-cursors',
  transform(code, id) {
    if (!/\/idb\/build\/index\.js$/.test(id)) return null;
    return { code: code.replace(/^const advanceMethodProps[\s\S]*^(?=export )/m, ''), map: null };
  },
};

/** What a code means is said on the server; here only what to do about it is asked. */
const noMeanings = {
  name: 'no-meanings',
  transform(code, id) {
    if (!/\/protocol\/errors\.ts$/.test(id)) return null;
    return { code: code.replaceAll(/status: \d+, |, (message|reason): ["'][^"']*["']/g, ''), map: null };
  },
};

/** What packages say to developers who use them wrongly; nothing asks an error for its words. */
const noWords = {
  name: 'no-words',
  transform(code, id) {
    if (!id.includes('/node_modules/')) return null;
    return { code: code.replaceAll(/(?<=\bError\()("[^"]{20,}"|'[^']{20,}'|`[^`$]{20,}`)(?=\))/g, ''), map: null };
  },
};

/** Constants that are frozen are objects to a minifier, and kept whole; of others it takes the values that are used. */
const unfrozen = {
  name: 'unfrozen',
  transform(code, id) {
    if (!/\/(protocol|widget)\/.*\.ts$/.test(id)) return null;
    return { code: code.replaceAll('Object.freeze(', '('), map: null };
  },
};

/** Files that were built before and are not part of this build would be served for ever. */
const removeStale = {
  name: 'remove-stale',
  writeBundle({ dir }, bundle) {
    if (!dir || !bundle['widget.js']) return;
    const kept = new Set(Object.keys(bundle));
    for (const name of readdirSync(dir)) {
      const plain = name.replace(/\.(br|gz)$/, '');
      if (/(-[a-z0-9]{10}|^widget@.+)\.js$/.test(plain) && !kept.has(plain)) rmSync(resolve(dir, name));
    }
  },
};

/** The loader again, under a name that stands for these bytes for ever, and the hash by which a page can hold it to them. */
const versioned = {
  name: 'versioned',
  async generateBundle(_options, bundle) {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { code } = bundle['widget.js'];
    const fileName = `widget@${version}.js`;
    const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
    for (const [name, source] of Object.entries(await compressions(fileName, code))) {
      this.emitFile({ type: 'asset', fileName: name, source });
    }
    this.emitFile({ type: 'asset', fileName, source: code });
    this.emitFile({
      type: 'asset',
      fileName: 'integrity.json',
      source: `${JSON.stringify({ [fileName]: integrity }, null, 2)}\n`,
    });
  },
};

async function compressions(fileName, code) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(code),
  };
  return {
    [`${fileName}.br`]: await promisify(brotliCompress)(code, { params }),
    [`${fileName}.gz`]: await promisify(gzip)(code, { level: 9 }),
  };
}

/** Compressed once, at the highest setting, instead of at every request. */
const compressed = {
  name: 'compressed',
  async generateBundle(_options, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (file.type !== 'chunk') continue;
      for (const [name, source] of Object.entries(await compressions(fileName, file.code))) {
        this.emitFile({ type: 'asset', fileName: name, source });
      }
    }
  },
};

/** The socket's own long names, of which none is on the wire. */
const ownNames =
  /^(_[a-z].*|emit(Reserved|Event|Buffered)|(set|clear)TimeoutFn|(send|receive)Buffer|(set|create)Transport|notifyOutgoingListeners|maybeReconnectOnOpen|skipReconnect|reconnection(Attempts|Delay|DelayMax)|randomizationFactor|supportsBinary|pollComplete|tryAllTransports)$/;

const plugins = [
  browserTransports,
  withoutUnused,
  withoutMethods,
  resolveModules({ browser: true, exportConditions: ['browser', 'default'] }),
  noMeanings,
  noWords,
  unfrozen,
  esbuild({ target, tsconfig: 'widget/tsconfig.json', sourceMap: false }),
  minifyStyles,
  minifyTemplates,
  twoTransports,
  noCursors,
  terser({
    ecma: 2020,
    module: true,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: false },
    mangle: { properties: { regex: ownNames } },
    format: { comments: false },
  }),
];

/** One file with everything in it, for those who bundle or serve it themselves. */
const single = (input, file) => ({
  input,
  plugins: [...plugins, compressed],
  output: { file: `${folder}/${file}`, format: 'es', inlineDynamicImports: true },
});

export default [
  {
    input: { widget: 'widget/loader.ts' },
    plugins: [...plugins, compressed, versioned, removeStale],
    output: {
      dir: folder,
      format: 'es',
      entryFileNames: '[name].js',
      // Names change with the content, so that every one of them may be cached for ever.
      chunkFileNames: ({ moduleIds, name }) =>
        `${moduleIds.some((id) => id.endsWith('/widget/define.ts')) ? 'chat' : name}-[hash:10].js`,
      hashCharacters: 'base36',
      generatedCode: 'es2015',
    },
  },
  single('widget/define.ts', 'define.js'),
  single('widget/client/index.ts', 'client.js'),
];
