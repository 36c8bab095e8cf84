import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../protocol/commands.ts';
import type { Entry } from '../../protocol/entities.ts';
import type { ServerEvents } from '../../protocol/events.ts';
import { backoffDefaults, fullJitter } from '../../widget/client/backoff.ts';
import { TestClient } from '../client.ts';
import { startCluster } from '../cluster.ts';
import { withService } from '../services/process.ts';
import { startTcpProxy } from '../services/tcp-proxy.ts';
import { token } from '../tokens.ts';

const cluster = await withService(() => startCluster({ instances: 1 }));
afterAll(() => cluster?.stop());
const url = cluster?.instances[0]?.url ?? '';

/** As little of a client as comes back by itself: full jitter, `join` with `since`, `unavailable` heeded. */
class Reader {
  head = 0;
  refusals = 0;
  readonly #jwt: string;
  readonly #url: string;
  #socket: Socket<ServerEvents> | undefined;
  #attempt = 0;

  constructor(user: string, to: string) {
    this.#jwt = token({ sub: user, meetings: ['standup'] });
    this.#url = to;
    this.#dial();
  }

  close(): void {
    this.#socket?.off();
    this.#socket?.close();
  }

  #dial(): void {
    const options = { auth: { token: this.#jwt }, transports: ['websocket'], reconnection: false, forceNew: true };
    const socket: Socket<ServerEvents> = io(this.#url, options);
    this.#socket = socket;
    const again = () => {
      this.close();
      setTimeout(() => this.#dial(), fullJitter(this.#attempt++, backoffDefaults.reconnect));
    };
    socket.on('connect', () => void this.#join(socket));
    socket.on('connect_error', again);
    socket.on('disconnect', again);
    socket.on('entries', ({ entries }) => this.#take(entries));
  }

  async #join(socket: Socket): Promise<void> {
    const payload = { channel: 'standup', since: this.head };
    const answer: Answer<'join'> | undefined = await socket
      .timeout(10_000)
      .emitWithAck('join', payload)
      .catch(() => undefined);
    if (answer?.ok) {
      this.#attempt = 0;
      this.#take(answer.entries);
    } else if (socket.connected) {
      this.refusals += 1;
      await wait(answer?.error.retryAfterMs ?? 500);
      await this.#join(socket);
    }
  }

  #take(entries: readonly Entry[]): void {
    for (const { seq } of entries) if (seq === this.head + 1) this.head = seq;
  }
}

const readers = 1_000;
const missed = 50;

describe.skipIf(cluster === undefined)('A storm', () => {
  test(`R5: ${readers} clients dropped at once, each ${missed} messages behind, all catch up`, {
    timeout: 240_000,
  }, async () => {
    const proxy = await startTcpProxy(Number(new URL(url).port));
    const writer = await new TestClient(url, token({ sub: 'writer', meetings: ['standup'] })).connected();
    const write = (text: string) => writer.command('send', { channel: 'standup', key: text, text });
    await write('first');
    const all = Array.from({ length: readers }, (_, i) => new Reader(`user-${i}`, `http://127.0.0.1:${proxy.port}`));
    try {
      const behind = (head: number) => all.filter((reader) => reader.head < head).length;
      await expect.poll(() => behind(1), { timeout: 60_000 }).toBe(0);
      proxy.cut();
      for (let i = 0; i < missed; i += 1) await write(`missed-${i}`);
      proxy.relent();
      const from = performance.now();
      await expect.poll(() => behind(1 + missed), { timeout: 60_000 }).toBe(0);
      const refusals = all.reduce((sum, reader) => sum + reader.refusals, 0);
      const tookMs = Math.round(performance.now() - from);
      process.stdout.write(
        `storm: ${readers} clients caught up within ${tookMs} ms, ${refusals} refused for a moment\n`,
      );
      // Live again, each of them.
      await write('last');
      await expect.poll(() => behind(2 + missed), { timeout: 60_000 }).toBe(0);
    } finally {
      for (const reader of all) reader.close();
      writer.close();
      await proxy.close();
    }
  });
});
