import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and its server, to be the bad network that a test needs. */
export interface TcpProxy {
  readonly port: number;
  /** From now on, nothing reaches the clients that have sent, or will send, something like this: connections up, but deaf. */
  deafen(pattern: RegExp): void;
  /** Ends all connections, and every new one at once. */
  cut(): void;
  /** Connections made from now on bring the client so little. */
  throttle(bytesPerSecond: number): void;
  /** Connections made from now on are whole; those deafened or throttled stay so. */
  relent(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const connections = new Set<{ upstream: Socket; client: Socket; sent: string }>();
  let pattern: RegExp | undefined;
  let isCut = false;
  let bytesPerSecond = Number.POSITIVE_INFINITY;
  const endAll = () => {
    for (const { client, upstream } of connections) {
      client.destroy();
      upstream.destroy();
    }
  };

  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = Number.isFinite(bytesPerSecond)
      ? trickle(target, client, bytesPerSecond)
      : connect(target, '127.0.0.1');
    const connection = { upstream, client, sent: '' };
    connections.add(connection);
    if (!Number.isFinite(bytesPerSecond)) upstream.pipe(client);
    client.on('data', (data) => {
      connection.sent += data.toString('latin1');
      deafenIfLike(connection, pattern);
    });
    client.pipe(upstream);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        other.destroy();
        connections.delete(connection);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    deafen(like) {
      pattern = like;
      for (const connection of connections) deafenIfLike(connection, pattern);
    },
    cut() {
      isCut = true;
      endAll();
    },
    throttle(rate) {
      bytesPerSecond = rate;
    },
    relent() {
      pattern = undefined;
      bytesPerSecond = Number.POSITIVE_INFINITY;
      isCut = false;
    },
    async close() {
      server.close();
      endAll();
      await once(server, 'close');
    },
  };
}

function deafenIfLike(
  { upstream, client, sent }: { upstream: Socket; client: Socket; sent: string },
  like?: RegExp,
): void {
  if (like === undefined || !like.test(sent)) return;
  upstream.unpipe(client);
  // Goes on reading, so that the server does not notice either.
  upstream.resume();
}

/** Reads no faster than that, so that what is written faster piles up where it is written. */
function trickle(target: number, client: Socket, bytesPerSecond: number): Socket {
  const dropMs = 50;
  const buffer = Buffer.alloc(Math.ceil((bytesPerSecond * dropMs) / 1_000));
  const callback = (bytes: number) => {
    client.write(Buffer.from(buffer.subarray(0, bytes)));
    setTimeout(() => upstream.resume(), dropMs);
    // No more for now.
    return false;
  };
  const upstream = connect({ port: target, host: '127.0.0.1', onread: { buffer, callback } });
  return upstream;
}
