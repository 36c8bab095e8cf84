import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../client.ts';
import { type Instance, startInstance } from '../instance.ts';
import { startStandalone } from '../services/mongod.ts';
import { removeDir, startProcess, tempDir, withService } from '../services/process.ts';
import { secret, token } from '../tokens.ts';

/** Runs the program to its end; the environment holds nothing but this. */
async function run(env: { [variable: string]: string }, ...args: string[]) {
  const started = await startProcess(process.execPath, ['dist/server/main.js', ...args], {
    env: { PATH: process.env.PATH, MEETING_CHAT_STEP: process.env.MEETING_CHAT_STEP, ...env },
  });
  const { code } = await started.exited;
  return { code, lines: started.output.trim().split('\n') };
}

/** Sends a message over the agent's connection; resolves with the status when the answer is read. */
function post(agent: Agent, url: string, jwt: string, text: string): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${jwt}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request(new URL('channels/m/messages', url), { agent, method: 'POST', headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode));
      answer.once('error', reject);
    });
    asked.once('error', reject);
    asked.end(JSON.stringify({ text }));
  });
}

let data: string;
let running: Instance;
beforeAll(async () => {
  data = tempDir('start');
  running = await startInstance();
});
afterAll(async () => {
  await running.remove();
  removeDir(data);
});

describe('R16: a bad value ends the process with status 1 and one line that names the variable', () => {
  test.each([
    ['HOST', 'not a host'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'postgres://localhost/chat'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis:'],
    ['REDIS_URL', 'redis://127.0.0.1:6379/chat'],
    ['JWT_SECRET', 'too short'],
    ['JWT_SECRET', ''],
    ['JWKS_URL', 'keys.json'],
    ['JWKS_URL', 'https:keys.json'],
    ['ALLOWED_ORIGINS', 'https://example.com/page'],
    ['BASE_PATH', 'chat'],
    ['BASE_PATH', '/chat/../'],
    ['DATABASE_URL', 'file://elsewhere/chat.db'],
    ['DATABASE_URL', 'file::memory:'],
    ['DATABASE_URL', 'file:/proc/nowhere/data/chat.db'],
    ['REGION', 'north pole'],
    ['ATTACHMENTS', 'maybe'],
    ['RATE_LIMIT', '-1'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s', async (variable, value) => {
    const { code, lines } = await run(
      { HOST: '127.0.0.1', PORT: '0', JWT_SECRET: secret, DATABASE_URL: `file:${data}/chat.db`, [variable]: value },
      'serve',
    );
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining(variable)]);
  });

  test('a port that another holds', async () => {
    const { port } = new URL(running.url);
    const { code, lines } = await run(
      { HOST: '127.0.0.1', PORT: port, JWT_SECRET: secret, DATABASE_URL: `file:${data}/chat.db` },
      'serve',
    );
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/PORT.*in use/)]);
    expect((await fetch(new URL('health/ready', running.url))).status).toBe(200);
  });

  test('a data folder that cannot be made', async () => {
    writeFileSync(`${data}/file`, '');
    const { code, lines } = await run(
      { HOST: '127.0.0.1', PORT: '0', JWT_SECRET: secret, DATABASE_URL: `file:${data}/file/chat.db` },
      'serve',
    );
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('DATABASE_URL')]);
  });

  test('a MongoDB that is no replica set', async (context) => {
    const mongo = await withService(startStandalone);
    if (mongo === undefined) return context.skip();
    const { code, lines } = await run(
      { HOST: '127.0.0.1', PORT: '0', JWT_SECRET: secret, DATABASE_URL: mongo.url },
      'serve',
    );
    await mongo.stop();
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/DATABASE_URL.*127\.0\.0\.1.*no replica set/)]);
  });

  test('a file that is no database', async () => {
    writeFileSync(`${data}/text.db`, 'This is a text and no database.\n'.repeat(200));
    const { code, lines } = await run(
      { HOST: '127.0.0.1', PORT: '0', JWT_SECRET: secret, DATABASE_URL: `file:${data}/text.db` },
      'serve',
    );
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('DATABASE_URL')]);
  });
});

test('R15 R18: SIGTERM says goodbye to everybody, stores what was sent, and ends with status 0', async () => {
  const server = await startInstance();
  const jwt = token({ sub: 'alice', meetings: ['m'] });
  const alice = await new TestClient(server.url, jwt).connected();
  const bye = new Promise((said) => alice.socket.once('bye', said));
  const sent = Array.from({ length: 50 }, (_, i) => alice.send('m', `message ${i}`));
  const ended = server.stop();
  expect(await Promise.race([bye, ended])).toMatchObject({ code: 'shutdown', reason: expect.any(String) });
  expect(await ended).toEqual({ code: 0, signal: null });

  const next = await server.again();
  // What was not answered in time is sent again under its key.
  alice.socket.connect();
  await Promise.all(sent);
  expect(await alice.log('m')).toHaveLength(50);
  alice.close();
  await next.remove();
});

test('R18: SIGTERM said twice is one orderly end', async () => {
  const server = await startInstance();
  const jwt = token({ sub: 'alice', meetings: ['m'] });
  const clients = await Promise.all(Array.from({ length: 250 }, () => new TestClient(server.url, jwt).connected()));
  // They are told in slices; the second signal comes when the first of them has been told, and long before the last.
  const byes = clients.map((alice) => new Promise((said) => alice.socket.once('bye', said)));
  const ended = server.stop();
  await Promise.race([...byes, ended]);
  server.process.signal('SIGTERM');
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(await Promise.all(byes)).toEqual(clients.map(() => expect.objectContaining({ code: 'shutdown' })));
  for (const alice of clients) alice.close();
  await server.remove();
});

test('R18: SIGTERM ends also those who ask on and on over connections that are kept, and loses nothing that they were answered', async () => {
  const server = await startInstance();
  const jwt = token({ sub: 'alice', meetings: ['m'] });
  // Several, of whom one at least is being answered at the moment of the end.
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const acked: string[] = [];
  const askOn = async (who: number, begun: () => void) => {
    for (let i = 0; ; i += 1) {
      const text = `message ${i} of ${who}`;
      expect(await post(agent, server.url, jwt, text)).toBe(201);
      acked.push(text);
      if (i === 10) begun();
    }
  };
  const refused: Promise<void>[] = [];
  const begun = Array.from({ length: 8 }, (_, who) => {
    return new Promise<void>((resolve) => {
      refused.push(expect(askOn(who, resolve)).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/));
    });
  });
  await Promise.all(begun);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  await Promise.all(refused);
  agent.destroy();

  const next = await server.again();
  const alice = await new TestClient(next.url, jwt).connected();
  const texts = (await alice.log('m')).map((entry) => entry.type === 'message' && entry.text);
  expect(texts).toEqual(expect.arrayContaining(acked));
  alice.close();
  await next.remove();
});

test('R18: a connection over which nobody ever asks for anything does not hold up the end', async () => {
  const server = await startInstance();
  const { hostname, port } = new URL(server.url);
  const silent = connect(Number(port), hostname);
  await once(silent, 'connect');
  // It was accepted before what came after it was answered.
  await fetch(new URL('health/live', server.url));
  expect(await server.stop()).toEqual({ code: 0, signal: null });
  silent.destroy();
  await server.remove();
});

test('R19: with a key --demo serves without the demo, and signs nothing for anybody', async () => {
  const server = await startInstance({ demo: true, env: { JWT_SECRET: secret } });
  const answers = await Promise.all([
    fetch(server.url),
    fetch(new URL('demo/organizer.html', server.url)),
    fetch(new URL('demo/token', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Alex', meeting: 'm', role: 'organizer' }),
    }),
  ]);
  await server.remove();
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});

test('the command for a token prints one that the server takes', async () => {
  const { code, lines } = await run(
    { JWT_SECRET: secret },
    'token',
    '--sub',
    'alice',
    '--name',
    'Alice',
    '--meeting',
    'standup:organizer',
  );
  expect(code).toBe(0);
  const [claims = ''] = (lines[0] ?? '').split('.').slice(1);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    sub: 'alice',
    name: 'Alice',
    meetings: { standup: 'organizer' },
  });
});

test.each(['serve --sub alice', 'token --sub alice --demo', 'serve again', 'begin'])(
  'a command line that says what its command does not take ends with status 1 and the usage: %s',
  async (line) => {
    const { code, lines } = await run({ JWT_SECRET: secret, HOST: '127.0.0.1', PORT: '0' }, ...line.split(' '));
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^meeting-chat \d/);
  },
);
