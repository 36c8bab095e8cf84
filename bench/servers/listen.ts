import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** On a free port, announced in the words of our own server. */
export function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
}
