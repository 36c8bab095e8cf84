import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { EventOf, ServerEvents } from '../../protocol/events.ts';
import { limits } from '../../protocol/limits.ts';
import { Client } from '../../widget/client/client.ts';
import { logWindow } from '../../widget/client/log.ts';
import { memoryOutbox } from '../../widget/client/outbox-storage.ts';
import { dialSocket } from '../../widget/client/socket-wire.ts';
import { fromFunction } from '../../widget/client/token-source.ts';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { startTcpProxy, type TcpProxy } from '../services/tcp-proxy.ts';
import { token } from '../tokens.ts';

const page = { online: true, watch: () => () => {} };
let instance: Instance;
let proxy: TcpProxy;
beforeAll(async () => {
  // A page's browser: it has no lock manager.
  vi.stubGlobal('navigator', {});
  instance = await startInstance();
  proxy = await startTcpProxy(Number(new URL(instance.url).port));
});
afterAll(async () => {
  await proxy.close();
  await instance.remove();
  vi.unstubAllGlobals();
});
const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

test('R5 R22: a client that was away for 10,000 messages gets them page by page, and never holds more than its window', async () => {
  const missed = 10_000;
  const jwt = token({ sub: 'alice', meetings: ['standup'] });
  const client = new Client(
    { server: `http://127.0.0.1:${proxy.port}`, source: fromFunction(() => jwt) },
    { dial: dialSocket, page, storage: memoryOutbox() },
  );
  open.push(client);
  const session = client.join('standup');
  await expect.poll(() => session.state.value.phase.name).toBe('live');
  let held = 0;
  let steps = 0;
  let before = 0;
  session.state.subscribe(({ log }) => {
    held = Math.max(held, log?.messages.length ?? 0);
    steps = Math.max(steps, (log?.head ?? 0) - before);
    before = log?.head ?? 0;
  });
  const news: number[] = [];
  session.onNews((messages) => news.push(...messages.map(({ seq }) => seq)));

  proxy.cut();
  const writer = await new TestClient(instance.url, token({ sub: 'bob', meetings: ['standup'] })).connected();
  open.push(writer);
  for (let from = 0; from < missed; from += 500)
    await Promise.all(Array.from({ length: 500 }, (_, i) => writer.send('standup', `message ${from + i}`)));
  expect(session.head).toBe(0);
  proxy.relent();
  await expect.poll(() => session.head, { timeout: 60_000 }).toBe(missed);

  expect(news).toEqual(Array.from({ length: missed }, (_, i) => i + 1));
  expect(held).toBeLessThanOrEqual(logWindow);
  expect(steps).toBeLessThanOrEqual(limits.pageMax);
});

test('R15 R18: an instance that ends says so to everybody, spreads their return, takes nobody in, and they come back by themselves', async () => {
  const clients = Array.from({ length: 450 }, (_, i) => {
    const socket: Socket<ServerEvents> = io(instance.url, {
      auth: { token: token({ sub: `user-${i}`, meetings: ['standup'] }) },
      transports: ['websocket'],
      forceNew: true,
    });
    open.push(socket);
    return socket;
  });
  await expect.poll(() => clients.every(({ connected }) => connected), { timeout: 60_000 }).toBe(true);
  const goodbyes = clients.map((socket) => new Promise<EventOf<'bye'>>((resolve) => socket.once('bye', resolve)));
  const ending = instance.stop();
  // The first are told; the others still have a moment, in which nobody new is let in.
  await Promise.race(goodbyes);
  const late = io(instance.url, {
    auth: { token: token({ sub: 'late' }) },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  open.push(late);
  const refusal = await new Promise<string>((resolve) => {
    late.once('connect', () => resolve('let in'));
    late.once('connect_error', () => resolve('refused'));
  });
  expect(refusal).toBe('refused');
  expect((await ending).code).toBe(0);

  const waits = (await Promise.all(goodbyes)).map(({ code, retryAfterMs = Number.NaN }) => {
    expect(code).toBe('shutdown');
    return retryAfterMs;
  });
  expect(new Set(waits.map((ms) => Math.floor(ms / 100))).size).toBeGreaterThan(5);
  expect(Math.max(...waits)).toBeLessThan(10_000);
  instance = await instance.again();
  await expect.poll(() => clients.every(({ connected }) => connected), { timeout: 60_000 }).toBe(true);
});
