import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';
import { type Attack, anyAttack, attacks } from './hostile-frames.ts';
import { expectNoInside, expectUnharmed } from './oracle.ts';
import { RawWebSocket } from './raw-websocket.ts';
import { cases, timeoutOf } from './scale.ts';

let server: Instance;
let bystander: RawWebSocket;
let beats = 0;
beforeAll(async () => {
  server = await startInstance();
  bystander = await RawWebSocket.authenticated(server.url, token({ sub: 'alice', meetings: ['fuzzed'] }));
});
afterAll(async () => {
  await bystander?.close();
  await server?.remove();
});

// After each: the process is alive, the bystander's connection stands.
afterEach(async () => {
  expect(await answersHeartbeat(bystander)).toBe(true);
  await expectUnharmed(server);
});

async function answersHeartbeat(connection: RawWebSocket): Promise<boolean> {
  beats += 1;
  const answer = `43${beats}[{"ok":true,"heads":{}}]`;
  connection.say(`42${beats}["heartbeat",{"heads":{}}]`);
  await connection.until(() => connection.messages.includes(answer));
  return connection.messages.includes(answer);
}

const open = (authenticated: boolean) =>
  authenticated
    ? RawWebSocket.authenticated(server.url, token({ sub: 'mallory', meetings: ['fuzzed'] }))
    : RawWebSocket.open(server.url);

describe('line 1: frames that no client’s library would send', () => {
  test.each(attacks.filter(({ outcome }) => outcome !== 'any'))('$name: the connection $outcome', async (attack) => {
    const mallory = await open(true);
    for (const frame of attack.frames) mallory.frame(frame);
    const goesOn = await answersHeartbeat(mallory);
    expectNoInside(mallory.received.toString('latin1'));
    await mallory.close();
    expect(goesOn ? 'goes on' : 'ends').toBe(attack.outcome);
  });

  test(
    'in any mixture, before and after the token: they end their own connection at most',
    async () => {
      const parallel = 10;
      const attempt = async (attack: Attack, authenticated: boolean) => {
        const mallory = await open(authenticated);
        for (const frame of attack.frames) mallory.frame(frame);
        // An answer to a WebSocket's own ping comes behind all that was there before it; what waits for the rest of a frame
        // answers nothing any more, so the connection's end is ours then.
        mallory.frame({ opcode: 9, payload: Buffer.from('behind') });
        mallory.bytes(Buffer.alloc(0));
        await Promise.race([mallory.until(() => mallory.received.includes('behind')), answersHeartbeat(bystander)]);
        await mallory.close();
        expectNoInside(mallory.received.toString('latin1'));
      };
      const anyone = fc.tuple(fc.oneof(anyAttack, fc.constantFrom(...attacks)), fc.boolean());
      await fc.assert(
        fc.asyncProperty(fc.array(anyone, { minLength: parallel, maxLength: parallel }), async (all) => {
          await Promise.all(all.map(([attack, authenticated]) => attempt(attack, authenticated)));
        }),
        { numRuns: Math.ceil(cases.frames / parallel), endOnFailure: true },
      );
    },
    timeoutOf(60),
  );
});
