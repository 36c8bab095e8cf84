import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and its server, to be the bad network that a test needs. */
export interface TcpProxy {
  readonly port: number;
  /** From now on, nothing reaches the clients that have sent, or will send, something like this: connections up, but deaf. */
  deafen(pattern: RegExp): void;
  /** Ends all connections, and every new one at once. */
  cut(): void;
  /** Connections made from now on are whole; those deafened stay so. */
  relent(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const connections = new Set<{ upstream: Socket; client: Socket; sent: string }>();
  let pattern: RegExp | undefined;
  let isCut = false;
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
    const upstream = connect(target, '127.0.0.1');
    const connection = { upstream, client, sent: '' };
    connections.add(connection);
    upstream.pipe(client);
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
    relent() {
      pattern = undefined;
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
