import type { ChannelSession } from '../client/channel-session.ts';
import { Client } from '../client/client.ts';
import { memoryOutbox, type OutboxStorage } from '../client/outbox-storage.ts';
import type { PageLife, PageMoment } from '../client/page-life.ts';
import { fromFunction } from '../client/token-source.ts';
import type { FakeServer } from './fake-server.ts';
import { fakeToken } from './fake-token.ts';
import { until } from './until.ts';

export type Visitor = {
  client: Client;
  session: ChannelSession;
  /** What stands in the channel for this visitor, from top to bottom, what is not stored yet in brackets. */
  texts(): string[];
  live(): Promise<unknown>;
};

export type VisitOptions = { channel?: string; storage?: OutboxStorage; page?: PageLife; getToken?: () => string };

const open = new Set<Client>();

/** Somebody opens a channel of the fake server. */
export function visit(server: FakeServer, user: string, options: VisitOptions = {}): Visitor {
  const {
    channel = 'standup',
    storage = memoryOutbox(),
    page = quietPage(),
    getToken = () => fakeToken(user),
  } = options;
  const client = new Client(
    { server: 'https://chat.example/', source: fromFunction(getToken) },
    { dial: server.dial, storage, page },
  );
  open.add(client);
  const session = client.join(channel);
  return {
    client,
    session,
    texts() {
      const { log, outbox } = session.state.value;
      return [...(log?.messages ?? []).map(({ text }) => text), ...outbox.map(({ text }) => `[${text}]`)];
    },
    live: () => until(session.state, ({ phase }) => phase.name === 'live'),
  };
}

/** Closes what the tests opened; for `afterEach`. */
export function leaveAll(): void {
  for (const client of open) client.close();
  open.clear();
}

/** A page to which only happens what the test says. */
export function quietPage(): PageLife & { happen(moment: PageMoment): void } {
  const listeners = new Set<(moment: PageMoment) => void>();
  return {
    online: true,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    happen(moment) {
      for (const listener of listeners) listener(moment);
    },
  };
}
