import type { Client, ClientOptions } from './client.ts';

type Shared = { client: Client; users: number };
const shared = new Map<string, Map<unknown, Shared>>();

/** A client that others may use as well. */
export type ClientLease = {
  client: Client;
  /** Call once when it is no longer needed; the last one to do so closes the client. */
  release(): void;
};

/** The page's one client for that server and token source. */
export function leaseClient(options: ClientOptions, make: (options: ClientOptions) => Client): ClientLease {
  const { server, source } = options;
  const ofServer = shared.get(server) ?? new Map<unknown, Shared>();
  shared.set(server, ofServer);
  const entry = ofServer.get(source.id) ?? { client: make(options), users: 0 };
  ofServer.set(source.id, entry);
  entry.users += 1;
  let released = false;
  return {
    client: entry.client,
    release() {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.users > 0) return;
      entry.client.close();
      ofServer.delete(source.id);
      if (ofServer.size === 0) shared.delete(server);
    },
  };
}
