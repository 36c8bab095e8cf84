import type { Client, ClientOptions } from './client.ts';

/** A client that others may use as well. */
export type ClientLease = ClientOptions & { readonly client: Client; users: number };
const leased = new Set<ClientLease>();

/** The page's one client for that server and token source; one that is there already asks for the token again. */
export function leaseClient({ server, source }: ClientOptions, make: (options: ClientOptions) => Client): ClientLease {
  const known = [...leased].find((other) => other.server === server && other.source.id === source.id);
  // Somebody else may have signed in since.
  void known?.client.connection.renew();
  const lease = known ?? { server, source, client: make({ server, source }), users: 0 };
  lease.users += 1;
  leased.add(lease);
  return lease;
}

/** Call once when it is no longer needed; the last one to do so closes the client. */
export function releaseClient(lease: ClientLease): void {
  lease.users -= 1;
  if (lease.users > 0) return;
  lease.client.close();
  leased.delete(lease);
}
