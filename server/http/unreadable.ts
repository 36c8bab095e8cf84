import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ErrorCode, errorCatalogue } from '../../protocol/errors.ts';

// Requests that come to no route, because nobody can read them: refused in the words of the catalogue all the same.

/** A path that cannot be decoded. */
export function refusePath(reply: { raw: ServerResponse; hijack(): unknown }): void {
  reply.hijack();
  reply.raw.writeHead(errorCatalogue.invalid.status, { 'content-type': 'application/json; charset=utf-8' });
  reply.raw.end(bodyOf('invalid'));
}

/** What is no HTTP, has too long a header, or is not ended in time. */
export function refuseRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, code] = refusals[error.code ?? ''] ?? ([400, 'invalid'] as const);
  const body = bodyOf(code);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

const refusals: { readonly [code: string]: readonly [number, ErrorCode] } = {
  HPE_HEADER_OVERFLOW: [431, 'too_large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'invalid'],
};

function bodyOf(code: ErrorCode): string {
  return JSON.stringify({ error: { code, message: errorCatalogue[code].message } });
}
