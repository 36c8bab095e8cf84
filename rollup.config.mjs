import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import resolveModules from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import esbuild from 'rollup-plugin-esbuild';
import { leanPackages, ownNames } from './scripts/lean-packages.mjs';

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

/** What a code means is said on the server; here only what to do about it is asked. */
const noMeanings = {
  name: 'no-meanings',
  transform(code, id) {
    if (!/\/protocol\/errors\.ts$/.test(id)) return null;
    return { code: code.replaceAll(/status: \d+, |, (message|reason): ["'][^"']*["']/g, ''), map: null };
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

/** Files of such a name that were built before and are not part of this build would be served, or published, for ever. */
const removeStale = (ours) => ({
  name: 'remove-stale',
  writeBundle({ dir }, bundle) {
    const kept = new Set(Object.keys(bundle));
    for (const name of readdirSync(dir)) {
      const plain = name.replace(/\.(br|gz)$/, '');
      if (ours.test(plain) && !kept.has(plain)) rmSync(resolve(dir, name));
    }
  },
});

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

const plugins = [
  ...leanPackages,
  resolveModules({ browser: true, exportConditions: ['browser', 'default'] }),
  noMeanings,
  unfrozen,
  esbuild({ target, tsconfig: 'widget/tsconfig.json', sourceMap: false }),
  minifyStyles,
  minifyTemplates,
  terser({
    ecma: 2020,
    module: true,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: false },
    mangle: { properties: { regex: ownNames } },
    format: { comments: false },
  }),
];

/** One file with everything in it, for those who serve it themselves, and the client for those who bundle it. */
const single = (input, file) => ({
  input,
  plugins: [...plugins, compressed],
  output: { file: `${folder}/${file}`, format: 'es', inlineDynamicImports: true },
});

export default [
  {
    input: { widget: 'widget/loader.ts' },
    plugins: [...plugins, compressed, versioned, removeStale(/(-[a-z0-9]{10}|^widget@.+)\.js$/)],
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
  // For those who bundle it: what comes with its first use is a part of their bundle then, and not of its beginning.
  {
    input: { define: 'widget/define.ts' },
    plugins: [...plugins, removeStale(/\.js$/)],
    output: { dir: 'dist/module', format: 'es', chunkFileNames: '[name].js', generatedCode: 'es2015' },
  },
  single('widget/define.ts', 'define.js'),
  single('widget/client/index.ts', 'client.js'),
];
