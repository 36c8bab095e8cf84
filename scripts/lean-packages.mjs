import { basename, dirname, resolve } from 'node:path';

// Leaves out of the build what the chat has no use for in its packages: some 4 kB, compressed, of what a reader fetches first.

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
 * is one attempt, so none waits for its next. Every browser that it runs in parses a URL and its query and measures a text, and
 * none has options for Node's sockets.
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
  'engine.io-client/build/esm/globals.js': `
    export const nextTick = (run) => Promise.resolve().then(run);
    export const globalThisShim = globalThis;
    export const defaultBinaryType = 'arraybuffer';
    export const createCookieJar = () => {};`,
  'engine.io-client/build/esm/util.js': `
    export const pick = () => ({});
    export const installTimerFunctions = (on) => {
      on.setTimeoutFn = setTimeout.bind(globalThis);
      on.clearTimeoutFn = clearTimeout.bind(globalThis);
    };
    export const byteLength = (text) => new TextEncoder().encode(text).length;
    export const randomString = () => Date.now().toString(36).slice(3) + Math.random().toString(36).slice(2, 5);`,
  'engine.io-client/build/esm/contrib/has-cors.js': 'export const hasCORS = true;',
  'engine.io-client/build/esm/contrib/parseqs.js': `
    export const encode = (query) => String(new URLSearchParams(query));
    export const decode = (text) => Object.fromEntries(new URLSearchParams(text));`,
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

/** What packages say to developers who use them wrongly; nothing asks an error for its words. */
const noWords = {
  name: 'no-words',
  transform(code, id) {
    if (!id.includes('/node_modules/')) return null;
    return { code: code.replaceAll(/(?<=\bError\()("[^"]{20,}"|'[^']{20,}'|`[^`$]{20,}`)(?=\))/g, ''), map: null };
  },
};

/** To be run on the packages' files only; in any order. */
export const leanPackages = [browserTransports, withoutUnused, withoutMethods, twoTransports, noCursors, noWords];

/** The socket's own long names, of which none is on the wire. */
export const ownNames =
  /^(_[a-z].*|emit(Reserved|Event|Buffered)|(set|clear)TimeoutFn|(send|receive)Buffer|(set|create)Transport|notifyOutgoingListeners|maybeReconnectOnOpen|skipReconnect|reconnection(Attempts|Delay|DelayMax)|randomizationFactor|supportsBinary|pollComplete|tryAllTransports)$/;
