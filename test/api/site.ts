import { expect } from 'vitest';
import type { Entry } from '../../protocol/entities.ts';
import { type App, createApp, type Overrides } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { TestClient } from '../client.ts';
import { removeDir, tempDir } from '../services/process.ts';
import { type Claims, secret, token } from '../tokens.ts';

/** What came back: its status, its body as JSON, its headers. */
export type Reply = { status: number; body: unknown; headers: Headers };

/** An instance in this process, and the people who use it. */
export interface Site {
  readonly url: string;
  /** A request as it is, however wrong; `who` is a user's name, claims, or nobody. */
  ask(who: string | Claims | undefined, method: string, path: string, body?: unknown): Promise<Reply>;
  tokenOf(who: string | Claims): string;
  /** A connection of the user. */
  connect(who: string | Claims): Promise<TestClient>;
  close(): Promise<void>;
}

export type SiteOptions = { env?: { [variable: string]: string }; data?: string; overrides?: Overrides };

/** On an embedded store in a folder of its own, unless `env` says otherwise. */
export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const data = options.data ?? tempDir('site');
  const app: App = await createApp(
    readConfig(
      {
        HOST: '127.0.0.1',
        PORT: '0',
        DATABASE_URL: `file:${data}/chat.db`,
        JWT_SECRET: secret,
        RATE_LIMIT: '0',
        LOG_LEVEL: 'silent',
        ...options.env,
      },
      { demo: false },
    ),
    options.overrides,
  );
  const clients: TestClient[] = [];
  return {
    url: app.url,
    tokenOf: (who) => token(claimsOf(who)),
    async ask(who, method, path, body) {
      const response = await fetch(app.url + path, {
        method,
        headers: {
          ...(who === undefined ? {} : { authorization: `Bearer ${token(claimsOf(who))}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
    },
    async connect(who) {
      const client = new TestClient(app.url, token(claimsOf(who)));
      clients.push(client);
      return client.connected();
    },
    async close() {
      for (const client of clients) client.close();
      await app.close();
      if (options.data === undefined) removeDir(data);
    },
  };
}

function claimsOf(who: string | Claims): Claims {
  return typeof who === 'string' ? { sub: who } : who;
}

/** What a refusal looks like, from anywhere. */
export function refused(status: number, code: string): object {
  return { status, body: { error: { code, message: expect.stringMatching(/./) } } };
}

/** Everything that a connection hears from now on, and the waiting for it. */
export type Heard = {
  readonly events: readonly { name: string; data: Record<string, unknown> }[];
  /** Resolves with the data of the first event of this name, past or to come, that fits. */
  until(name: string, fits?: (data: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  /** The messages of a channel, in the order heard, with their seq. */
  messages(channel: string): { seq: number; text: string }[];
};

export function listen(client: TestClient): Heard {
  const events: { name: string; data: Record<string, unknown> }[] = [];
  const watchers = new Set<() => void>();
  client.socket.onAny((name: string, data: Record<string, unknown>) => {
    events.push({ name, data });
    for (const look of [...watchers]) look();
  });
  return {
    events,
    until: (name, fits = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.find((event) => event.name === name && fits(event.data));
          if (found === undefined) return;
          watchers.delete(look);
          resolve(found.data);
        };
        watchers.add(look);
        look();
      }),
    messages: (channel) =>
      events
        .filter(({ name, data }) => name === 'entries' && data.channel === channel)
        .flatMap(({ data }) => data.entries as Entry[])
        .flatMap((entry) => (entry.type === 'message' ? [{ seq: entry.seq, text: entry.text }] : [])),
  };
}

/** That a message of this text has come. */
export function says(text: string): (data: Record<string, unknown>) => boolean {
  return ({ entries }) => (entries as Entry[]).some((entry) => entry.type === 'message' && entry.text === text);
}

/** A fresh group of that user's; its id. */
export async function groupBy(site: Site, who: string, about: { title: string; passcode?: string }): Promise<string> {
  return ((await site.ask(who, 'POST', '/channels', about)).body as { id: string }).id;
}

/** A fresh group with alice, bob and cara in it, and a message of bob's. */
export async function groupOf(site: Site): Promise<{ id: string; seq: number }> {
  const id = await groupBy(site, 'alice', { title: 'Group' });
  for (const user of ['bob', 'cara']) await site.ask('alice', 'PUT', `/channels/${id}/members/${user}`);
  const { seq } = (await site.ask('bob', 'POST', `/channels/${id}/messages`, { text: 'hi' })).body as { seq: number };
  return { id, seq };
}
