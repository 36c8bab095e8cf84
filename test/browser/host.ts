import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const types: { [extension: string]: string } = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
};

/** Somebody's web site, of another origin than the chat server. */
export interface Host {
  readonly origin: string;
  /** The HTML of every page of it, and its headers, from now on. */
  show(html: string, headers?: { [name: string]: string }): void;
  close(): Promise<void>;
}

/** Besides its page it serves the built widget, so that a page can be loaded while the chat server is down. */
export async function startHost(): Promise<Host> {
  let page = '';
  let pageHeaders: { [name: string]: string } = {};
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    if (path === '/') {
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...pageHeaders }).end(page);
    }
    readFile(join('dist/widget', path)).then(
      (file) => response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream').end(file),
      () => response.writeHead(path === '/favicon.ico' ? 204 : 404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    show(html, headers = {}) {
      page = html;
      pageHeaders = headers;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type HostPage = {
  /** The chat server. */
  server: string;
  /** One element each. */
  meetings: string[];
  /** Where the script comes from, when not from the chat server. */
  widget?: string;
  load?: 'eager' | 'idle' | 'visible' | 'interaction';
  placement?: 'inline' | 'floating';
  /** More of the page. */
  body?: string;
};

export function hostPage({
  server,
  meetings,
  widget = server,
  load = 'eager',
  placement = 'inline',
  body = '',
}: HostPage): string {
  const box = placement === 'inline' ? ' style="display:block;width:420px;height:600px"' : '';
  const elements = meetings.map(
    (meeting) =>
      `<meeting-chat id="${meeting}" server="${server}" meeting="${meeting}" token-storage="jwt" placement="${placement}" load="${load}"${box}></meeting-chat>`,
  );
  return `<!doctype html><html lang="en"><title>Somebody's page</title>
<h1>Somebody's page</h1>
<script type="module" async src="${new URL('widget.js', widget).href}"></script>
${body}
${elements.join('\n')}</html>`;
}
