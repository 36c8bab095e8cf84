import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

describe('R34: a profile', () => {
  test('is what the token says, with who vouches for it, and what a later one says instead', async () => {
    const first = { sub: 'ada', name: 'Ada', picture: 'https://example.com/a.png', iss: 'https://id.example.com' };
    expect((await site.ask(first, 'GET', '/users/me')).body).toEqual({
      id: 'ada',
      name: 'Ada',
      picture: 'https://example.com/a.png',
      provider: 'https://id.example.com',
    });
    const ada = await site.connect({ ...first, meetings: ['lab'] });
    await ada.command('join', { channel: 'lab' });
    const eve = await site.connect({ sub: 'eve', meetings: ['lab'] });
    expect((await eve.command('join', { channel: 'lab' })).members.ada).toMatchObject({
      name: 'Ada',
      picture: 'https://example.com/a.png',
    });
    await (await site.connect({ sub: 'ada', name: 'Ada L.', meetings: ['lab'] })).command('join', { channel: 'lab' });
    const { members } = await eve.command('join', { channel: 'lab' });
    expect(members.ada).toMatchObject({ name: 'Ada L.' });
    expect(members.ada).not.toHaveProperty('picture');
  });

  test('under the next token of a connection is told to those who are there', async () => {
    const claims = (name: string) => ({ sub: 'ivo', name, meetings: ['lab-2'] });
    const [ivo, eve] = [await site.connect(claims('Ivo')), await site.connect({ sub: 'eve', meetings: ['lab-2'] })];
    for (const client of [ivo, eve]) await client.command('join', { channel: 'lab-2' });
    const heard = listen(eve);
    await ivo.command('authenticate', { token: site.tokenOf(claims('Dr. Ivo')) });
    await heard.until('presence', ({ members }) => JSON.stringify(members).includes('Dr. Ivo'));
    expect((await eve.command('join', { channel: 'lab-2' })).members.ivo).toMatchObject({ name: 'Dr. Ivo' });
  });
});

describe('R39: mentions', () => {
  test('are resolved when a message is sent and when it is edited, and found by those who are meant', async () => {
    const claims = (sub: string, name: string) => ({ sub, name, meetings: ['desk'] });
    const [anna, max] = [await site.connect(claims('u1', 'Anna Maria')), await site.connect(claims('u2', 'Max'))];
    for (const client of [anna, max]) await client.command('join', { channel: 'desk' });
    const { seq } = await max.send('desk', 'ask @anna maria, or mail max@example.com');
    const mentionsOf = async (at: number) =>
      (await anna.command('history', { channel: 'desk' })).messages.find((message) => message.seq === at)?.mentions;
    expect(await mentionsOf(seq)).toEqual(['u1']);
    expect((await anna.command('search', { mentions: 'me' })).messages.map((found) => found.seq)).toEqual([seq]);
    await max.command('edit', { channel: 'desk', seq, text: 'ask @Max' });
    expect(await mentionsOf(seq)).toEqual(['u2']);
    expect((await anna.command('search', { mentions: 'me' })).messages).toEqual([]);
  });

  test('that come as ids count where they are members', async () => {
    const max = await site.connect({ sub: 'u2', name: 'Max', meetings: ['desk'] });
    const answer = await max.command('send', { channel: 'desk', key: 'k', text: 'hey', mentions: ['u1', 'stranger'] });
    const { messages } = await max.command('history', { channel: 'desk', around: answer.seq, limit: 1 });
    expect(messages[0]?.mentions).toEqual(['u1']);
  });

  test('do not let a message overtake the one before it', async () => {
    const max = await site.connect({ sub: 'u2', name: 'Max', meetings: ['desk'] });
    await max.command('join', { channel: 'desk' });
    const texts = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? `${i} @max` : `${i}`));
    const sent = await Promise.all(texts.map((text) => max.send('desk', text)));
    const seqs = sent.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });
});
