import { expect } from 'vitest';
import { token } from '../tokens.ts';
import { browserTest, type Person } from './browser.ts';
import { type Chat, chatOn } from './chat.ts';
import { hostPage } from './host.ts';
import { useSite } from './site.ts';

const site = useSite();

async function visit(person: Person): Promise<Chat> {
  await person.page.goto(site().host.origin);
  // Gone after a reload.
  await person.page.evaluate(() => Reflect.set(window, 'sameDocument', true));
  const chat = chatOn(person.page);
  await chat.composer.waitFor();
  return chat;
}

const stillTheSame = (person: Person) => person.page.evaluate(() => Reflect.get(window, 'sameDocument'));

browserTest(
  'R1 R2 R3 R4 R22: an organizer and a participant talk, the server is killed in the middle and started again, and each page shows every message once, in the same order',
  async () => {
    site().host.show(hostPage({ server: site().server.url, meetings: ['standup'] }));
    const alice = await site().browser.person(
      token({ sub: 'alice', name: 'Alice', meetings: { standup: 'organizer' } }),
    );
    const bob = await site().browser.person(token({ sub: 'bob', name: 'Bob', meetings: { standup: 'participant' } }));
    const [alices, bobs] = [await visit(alice), await visit(bob)];

    await alices.say('Good morning, Bob');
    await expect.poll(bobs.texts).toEqual(['Good morning, Bob']);
    await bobs.say('Good morning!\nTwo lines, and <b>no</b> markup');
    await expect.poll(alices.texts).toHaveLength(2);

    const talk = async (from: number, to: number) => {
      for (let i = from; i <= to; i += 1) {
        await alices.say(`alice ${i}`);
        await bobs.say(`bob ${i}`);
      }
    };
    await talk(1, 5);
    // Whatever of these is on its way is now lost, or stored without an answer.
    await site().server.kill();
    await talk(6, 10);
    expect((await alices.messages()).filter(({ state }) => state === 'sending').length).toBeGreaterThan(0);
    site().server = await site().server.again();
    await talk(11, 12);

    const total = 2 + 2 * 12;
    const settled = async (chat: Chat) =>
      (await chat.messages()).filter(({ seq }) => seq !== undefined).map(({ seq }) => seq);
    const everySeq = Array.from({ length: total }, (_, i) => i + 1);
    await expect.poll(() => settled(alices), { timeout: 60_000 }).toEqual(everySeq);
    await expect.poll(() => settled(bobs), { timeout: 60_000 }).toEqual(everySeq);

    const texts = await alices.texts();
    expect(await bobs.texts()).toEqual(texts);
    expect(new Set(texts).size).toBe(total);
    for (const name of ['alice', 'bob']) {
      expect(texts.filter((text) => text.startsWith(`${name} `))).toEqual(
        Array.from({ length: 12 }, (_, i) => `${name} ${i + 1}`),
      );
    }
    expect(await stillTheSame(alice)).toBe(true);
    expect(await stillTheSame(bob)).toBe(true);
  },
);
