import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Long-polling by hand: nothing is asked for but by `poll`. */
async function polling(user: string, channel: string) {
  const at = (sid = '') => `${site.url}/socket.io/?EIO=4&transport=polling${sid}`;
  const opened = await (await fetch(at())).text();
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  const url = at(`&sid=${sid}`);
  return {
    say: (packet: string) => fetch(url, { method: 'POST', body: packet }),
    poll: async () => (await fetch(url)).text(),
    token: JSON.stringify({ token: site.tokenOf({ sub: user, meetings: [channel] }) }),
  };
}

test('R46: who goes over long-polling hears of those who came between two polls', async () => {
  const channel = 'standup';
  const alice = await polling('alice', channel);
  await alice.say(`40${alice.token}`);
  await alice.poll();
  await alice.say(`420${JSON.stringify(['join', { channel }])}`);
  for (let answer = ''; !answer.includes('430'); ) answer = await alice.poll();

  const bob = await site.connect({ sub: 'bob', meetings: [channel] });
  const told = new Promise((heard) => bob.socket.on('presence', ({ members }) => 'bob' in members && heard(members)));
  await bob.command('join', { channel });
  await told;
  await bob.send(channel, 'hello');
  let heard = '';
  while (!heard.includes('"hello"')) heard += await alice.poll();
  expect(heard).toContain('"bob":{"name":"bob","role":"participant","state":"online"}');
});
