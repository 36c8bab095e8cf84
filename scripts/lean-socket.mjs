// Socket.IO's client without what the chat has no use for.
import { basename, dirname, resolve } from 'node:path';

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
 * Parts of packages that the chat has no use for, by the end of their files' names. It speaks JSON only, in one namespace,
 * so nothing has to look for binary data in every packet, or to put it back; it makes its own managers, so none is looked up by URL, and each of them
 * is one attempt, so none waits for its next; and every
 * browser that it runs in can parse one.
 */
const unused = {
  'socket.io-parser/build/esm/index.js': `
    import { Emitter } from '@socket.io/component-emitter';
    export const protocol = 5;
    export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4 };
    export class Encoder {
      encode({ type, id = '', data }) {
        return [String(type) + id + (data === undefined ? '' : JSON.stringify(data))];
      }
    }
    const form = /^([0-4])(\\d*)([[{].*)?$/s;
    export class Decoder extends Emitter {
      add(text) {
        const [, type, id, data] = form.exec(text);
        this.emitReserved('decoded', { type: +type, nsp: '/', id: id ? +id : undefined, data: data && JSON.parse(data) });
      }
      destroy() {}
    }`,
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
  'engine.io-client/build/esm/transports/polling-xhr.js': `
    import { Polling } from './polling.js';
    const underWay = new Set();
    addEventListener('pagehide', () => {
      for (const request of underWay) {
        request.onloadend = null;
        request.abort();
      }
      underWay.clear();
    });
    export class XHR extends Polling {
      supportsBinary = true;
      #ask(method, body, done) {
        const request = new XMLHttpRequest();
        underWay.add(request);
        request.open(method, this.uri());
        request.onloadend = () => {
          underWay.delete(request);
          if (request.status === 200) done(request.responseText);
          else this.onError('xhr error', request.status, request);
        };
        request.send(body);
      }
      doPoll() {
        this.#ask('GET', null, (text) => this.onData(text));
      }
      doWrite(text, done) {
        this.#ask('POST', text, done);
      }
    }`,
  'engine.io-client/build/esm/transports/websocket.js': `
    import { Transport } from '../transport.js';
    import { encodePacket } from 'engine.io-parser';
    export class WS extends Transport {
      get name() {
        return 'websocket';
      }
      doOpen() {
        try {
          this.ws = new WebSocket(this.createUri(this.opts.secure ? 'wss' : 'ws', this.query));
        } catch (error) {
          this.emitReserved('error', error);
          return;
        }
        this.ws.onopen = () => this.onOpen();
        this.ws.onclose = (closed) => this.onClose({ description: 'websocket connection closed', context: closed });
        this.ws.onmessage = ({ data }) => this.onData(data);
        this.ws.onerror = (error) => this.onError('websocket error', error);
      }
      write(packets) {
        this.writable = false;
        for (const packet of packets) encodePacket(packet, true, (text) => this.ws?.send(text));
        queueMicrotask(() => {
          this.writable = true;
          this.emitReserved('drain');
        });
      }
      doClose() {
        if (!this.ws) return;
        this.ws.onerror = null;
        this.ws.close();
        this.ws = undefined;
      }
    }`,
  'socket.io-client/build/esm/contrib/backo2.js': `
    export class Backoff {
      attempts = 0;
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
    emptied: 'maybeReconnectOnOpen|reconnection(Attempts|Delay|DelayMax)|randomizationFactor',
  },
  'engine.io-client/build/esm/socket.js': { removed: 'send' },
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

export const leanSocket = [browserTransports, withoutUnused, withoutMethods, twoTransports];

/** Of its own names the long ones, of which none is on the wire, the browser's or anybody else's. */
export const longNames =
  /^(_[a-z].*|emit(Buffered|Event|Reserved)|(clear|set)TimeoutFn|(receive|send)Buffer|(create|set)Transport|notifyOutgoingListeners|maybeReconnectOnOpen|skipReconnect|reconnection(Attempts|Delay|DelayMax)|randomizationFactor|removeAllListeners|supportsBinary|pollComplete|tryAllTransports|transport(Implementation|Option)s)$/;
