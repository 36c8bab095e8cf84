import fc from 'fast-check';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandSchemas } from '../../protocol/commands.ts';
import { type Instance, startInstance } from '../instance.ts';
import { token } from '../tokens.ts';
import { anyEvent, type FuzzedEvent } from './grammar.ts';
import { expectNoInside, expectUnharmed, isCatalogued } from './oracle.ts';
import { RawWebSocket } from './raw-websocket.ts';
import { cases, timeoutOf } from './scale.ts';

let server: Instance;
let bystander: RawWebSocket;
beforeAll(async () => {
  server = await startInstance();
  bystander = await RawWebSocket.authenticated(server.url, token({ sub: 'alice', meetings: ['fuzzed'] }));
});
afterAll(async () => {
  await bystander?.close();
  await server?.remove();
});

const together = 25;
const figures = { cases: 0, answered: 0, accepted: 0, invalidAccepted: 0, ended: 0 };
let ids = 0;

/** Whether the payload is of the form that the contract gives. */
function isValid({ name, args }: FuzzedEvent): boolean {
  if (!Object.hasOwn(commandSchemas, name)) return false;
  return Value.Check(commandSchemas[name as keyof typeof commandSchemas], args[0] && JSON.parse(args[0]));
}

async function answerOf(connection: RawWebSocket, id: number): Promise<string> {
  const found = () => connection.messages.find((message) => message.startsWith(`43${id}[`));
  await connection.until(() => found() !== undefined);
  return found() ?? '';
}

/** Sends them all at once, then a heartbeat: when that is answered, every one of them was served. */
async function attack(events: readonly FuzzedEvent[]): Promise<void> {
  const mallory = await RawWebSocket.authenticated(server.url, token({ sub: 'mallory', meetings: ['fuzzed'] }));
  const sent = events.map((event) => {
    ids += 1;
    mallory.say(`42${event.acked ? ids : ''}[${[JSON.stringify(event.name), ...event.args].join(',')}]`);
    return { event, id: ids };
  });
  for (const { event, id } of sent.filter((each) => each.event.acked)) {
    const answer = await answerOf(mallory, id);
    const [body] = JSON.parse(answer.slice(answer.indexOf('[')) || '[{}]');
    const shown = `${event.name} ${event.args.join(' ').slice(0, 300)} → ${answer.slice(0, 300)}`;
    expect(body.ok === true || (body.ok === false && isCatalogued(body.error.code)), shown).toBe(true);
    expect(body.error?.code, shown).not.toBe('unavailable');
    expectNoInside(answer);
    figures.answered += 1;
    if (body.ok) figures.accepted += 1;
    if (body.ok && !isValid(event)) figures.invalidAccepted += 1;
  }
  mallory.say('42999999999["heartbeat",{"heads":{}}]');
  await answerOf(mallory, 999_999_999);
  figures.cases += events.length;
  if (mallory.closed) figures.ended += 1;
  await mallory.close();
}

test(
  'line 1: events of every name, payload and answer function are answered by the catalogue, and harm nobody',
  async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyEvent, { minLength: together, maxLength: together }), attack), {
      numRuns: Math.ceil(cases.events / together),
      endOnFailure: true,
    });
    bystander.say('421["heartbeat",{"heads":{}}]');
    expect(await answerOf(bystander, 1)).toBe('431[{"ok":true,"heads":{}}]');
    await expectUnharmed(server);
    console.log('events', JSON.stringify(figures));
    expect(figures).toMatchObject({ invalidAccepted: 0, ended: 0 });
    expect(figures.accepted).toBeGreaterThan(figures.cases / 50);
  },
  timeoutOf(60),
);
