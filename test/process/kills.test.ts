import { expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { startInstance } from '../instance.ts';
import { token } from '../tokens.ts';

const kills = 50;
const writers = 8;

test(`R1 R2 R3 R4: ${kills} kills at random moments while a client sends lose no acked message and double none`, {
  timeout: 600_000,
}, async () => {
  let server = await startInstance();
  const jwt = token({ sub: 'alice', meetings: { m: 'organizer' } });
  const client = await new TestClient(server.url, jwt).connected();
  const acked = new Map<string, { seq: number; id: string }>();
  let written = 0;
  let done = false;
  let onAck = () => {};
  const write = async () => {
    while (!done) {
      const text = `message ${written}`;
      written += 1;
      const { seq, id } = await client.send('m', text);
      acked.set(text, { seq, id });
      onAck();
    }
  };
  const acks = (count: number) =>
    new Promise<void>((resolve) => {
      onAck = () => acked.size >= count && resolve();
      onAck();
    });

  const writing = Promise.all(Array.from({ length: writers }, write));
  for (let kill = 1; kill <= kills; kill += 1) {
    await acks(acked.size + 1 + Math.floor(Math.random() * 40));
    // Some turns of the event loop later, to be in every phase of a commit once.
    for (let turns = Math.floor(Math.random() * 20); turns > 0; turns -= 1) await new Promise(setImmediate);
    expect(client.unacked, 'a kill that interrupts nothing shows nothing').toBeGreaterThan(0);
    await server.kill();
    server = await server.again();
  }
  done = true;
  await writing;
  client.close();

  const reader = await new TestClient(server.url, jwt).connected();
  const entries = await reader.log('m');
  reader.close();
  await server.remove();

  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
  const messages = entries.flatMap((entry) => (entry.type === 'message' ? [entry] : []));
  // Written one after another by one sender: in that order, each once, and all of them.
  expect(messages.map(({ text }) => text)).toEqual(Array.from({ length: written }, (_, i) => `message ${i}`));
  expect(new Set(messages.map(({ id }) => id)).size).toBe(written);
  expect(messages.filter(({ text, seq, id }) => acked.get(text)?.seq !== seq || acked.get(text)?.id !== id)).toEqual(
    [],
  );
});
