import { Manager, type Socket } from 'socket.io-client';
import type { Answer, CommandName, Payload } from '../../protocol/commands.ts';
import type { ServerEvents } from '../../protocol/events.ts';
import { limits } from '../../protocol/limits.ts';
import { isObject } from './guards.ts';
import { type Dial, noAnswer, type Outcome, type WireListener } from './wire.ts';

/** Of what goes out only the form is typed here: `request` below gives name, payload and answer their types. */
type Requests = { [name: string]: (payload: object, answer: (answer: unknown) => void) => void };
type ClientSocket = Socket<ServerEvents, Requests>;

/**
 * Dials by Socket.IO. Its own reconnection and buffering stay off: one manager is one attempt, so nothing that an earlier
 * connection held back can be sent by a later one.
 */
export const dialSocket: Dial = ({ server, token, pollingFirst }, listener) => {
  const url = new URL(server);
  const manager = new Manager(url.origin, {
    path: `${url.pathname.replace(/\/$/, '')}/socket.io/`,
    transports: pollingFirst ? ['polling', 'websocket'] : ['websocket', 'polling'],
    tryAllTransports: true,
    reconnection: false,
    autoConnect: false,
  });
  const socket: ClientSocket = manager.socket('/', {
    // A function, so that the token is in the handshake packet only, and never in a URL.
    auth: (give: (auth: { token: string }) => void) => give({ token }),
  });
  const stop = listen(socket, listener);
  manager.on('ping', listener.pulse);
  // A task of its own: on a slow phone neither it nor the drawing before it holds up the page.
  const start = setTimeout(() => socket.connect());
  return {
    request: (name, payload) => request(socket, name, payload),
    close() {
      clearTimeout(start);
      stop();
      manager.off('ping');
      socket.disconnect();
    },
  };
};

function listen(socket: ClientSocket, listener: WireListener): () => void {
  let ended = false;
  const end: WireListener['ended'] = (reason) => {
    if (ended) return;
    ended = true;
    listener.ended(reason);
  };
  socket.on('connect', () => listener.opened());
  socket.on('disconnect', () => end({ name: 'lost' }));
  socket.on('connect_error', (error) => end(refusalOf(error)));
  socket.on('entries', (data) => listener.event({ name: 'entries', data }));
  socket.on('receipts', (data) => listener.event({ name: 'receipts', data }));
  socket.on('presence', (data) => listener.event({ name: 'presence', data }));
  socket.on('typing', (data) => listener.event({ name: 'typing', data }));
  socket.on('channel', (data) => listener.event({ name: 'channel', data }));
  socket.on('held', (data) => listener.event({ name: 'held', data }));
  socket.on('refused', (data) => listener.event({ name: 'refused', data }));
  socket.on('left', (data) => listener.event({ name: 'left', data }));
  socket.on('bye', (data) => listener.event({ name: 'bye', data }));
  return () => {
    ended = true;
    socket.off();
  };
}

/** A refusal carries the server's data; an error without any is the network's. */
function refusalOf(error: Error & { data?: unknown }) {
  const { data } = error;
  if (!isObject(data) || typeof data.code !== 'string') return { name: 'lost' } as const;
  const refused = { name: 'refused', code: data.code } as const;
  return typeof data.retryAfterMs === 'number' ? { ...refused, retryAfterMs: data.retryAfterMs } : refused;
}

function request<Name extends CommandName>(
  socket: ClientSocket,
  name: Name,
  payload: Payload<Name>,
): Promise<Outcome<Name>> {
  if (!socket.connected) return Promise.resolve(noAnswer);
  return new Promise((resolve) => {
    socket.timeout(limits.answerTimeoutMs).emit(name, payload, (error: Error | null, answer: unknown) => {
      resolve(!error && isAnswer<Name>(answer) ? answer : noAnswer);
    });
  });
}

function isAnswer<Name extends CommandName>(answer: unknown): answer is Answer<Name> {
  if (!isObject(answer)) return false;
  return answer.ok === true || (answer.ok === false && isObject(answer.error) && typeof answer.error.code === 'string');
}
