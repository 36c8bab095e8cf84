/// <reference types="mocha" />
import { expect } from 'chai';
import type { Member } from '../protocol/entities.ts';
import type { PresenceChange } from '../protocol/events.ts';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, part, partOf, parts, press, show, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the list of members', () => {
  let server: FakeServer;
  let asked: string[];
  let status: number;
  const { fetch } = window;
  beforeEach(() => {
    server = new FakeServer();
    const person = (name: string, more: Partial<Member> = {}): Member => ({
      name,
      role: 'participant',
      state: 'online',
      ...more,
    });
    Object.assign(server.channel('standup').members, {
      zoe: person('Zoe', { role: 'organizer' }),
      carol: person('Carol', { state: 'offline', lastSeen: Date.now() }),
      bob: person('Bob'),
    });
    asked = [];
    status = 200;
    window.fetch = (input, init) => {
      const { pathname } = new URL(String(input));
      if (init?.method !== 'GET')
        asked.push(`${init?.method} ${pathname.slice(pathname.indexOf('/channels'))} ${init?.body ?? ''}`);
      return Promise.resolve(new Response(JSON.stringify({ error: { code: 'conflict', message: '' } }), { status }));
    };
  });
  afterEach(async () => {
    window.fetch = fetch;
    await hideAll();
  });

  async function open(user: string): Promise<TestChat> {
    const chat = show(server, user);
    await partOf(chat, 'empty');
    part(chat, 'open-members').click();
    await partOf(chat, 'members');
    return chat;
  }
  const names = (chat: TestChat) => parts(chat, 'member').map(({ dataset }) => dataset.user);
  const of = (chat: TestChat, user: string, name: string) =>
    part(chat, 'members').querySelector<HTMLElement>(`[data-user="${user}"] [part="${name}"]`);

  it('shows a long title in whole, which the bar on top has to cut', async () => {
    const { about } = server.channel('standup');
    about.title = 'The quarterly planning of everybody who has anything to do with it';
    const alice = await open('alice');
    expect(part(alice, 'members').textContent).to.include(about.title);
  });

  it('tells who is there, as what, and who was: organizers first, then who is online', async () => {
    const alice = await open('alice');
    expect(names(alice)).to.deep.equal(['zoe', 'alice', 'bob', 'carol']);
    expect(parts(alice, 'member').map(({ textContent }) => textContent?.includes('Organizer'))).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
    expect(parts(alice, 'member')[3]?.textContent).to.match(/Last seen \d/);
    expect(parts(alice, 'mute').length + parts(alice, 'meeting').length).to.equal(0);
  });

  it('follows who comes and goes', async () => {
    const alice = await open('alice');
    const tell = (members: { [user: string]: PresenceChange }) =>
      server.tell('standup', { name: 'presence', data: { channel: 'standup', members: members } });
    tell({ dan: { name: 'Dan', role: 'participant', state: 'online' }, bob: { state: 'offline', removed: true } });
    await eventually(() => names(alice).join() === 'zoe,alice,dan,carol');
  });

  it('R36: has an organizer’s buttons from the moment that one is made one, and no longer than one is', async () => {
    const alice = await open('alice');
    const make = (role: Member['role']) =>
      server.tell('standup', {
        name: 'presence',
        data: { channel: 'standup', members: { alice: { name: 'Alice', role, state: 'online' } } },
      });
    make('organizer');
    (await partOf(alice, 'meeting-title')).focus();
    expect(parts(alice, 'remove').length).to.equal(3);
    make('participant');
    await eventually(() => parts(alice, 'meeting').length + parts(alice, 'remove').length === 0);
    expect(alice.shadowRoot?.activeElement?.getAttribute('part')).to.equal('close-members');
  });

  it('takes the focus, leaves the conversation inert, and gives the focus back', async () => {
    const alice = await open('alice');
    await eventually(() => alice.shadowRoot?.activeElement === part(alice, 'close-members'));
    expect(part(alice, 'composer').closest('[inert]')).not.to.equal(null);
    press(part(alice, 'close-members'), 'Escape');
    await eventually(() => alice.shadowRoot?.activeElement === part(alice, 'open-members'));
    expect(part(alice, 'composer').closest('[inert]')).to.equal(null);
  });

  it('takes the place of another sheet that was asked for just before, as on a slow line', async () => {
    const alice = await open('alice');
    press(part(alice, 'close-members'), 'Escape');
    (await partOf(alice, 'open-search')).click();
    press(await partOf(alice, 'search-input'), 'Escape');
    await eventually(() => parts(alice, 'search').length === 0);
    part(alice, 'open-search').click();
    part(alice, 'open-members').click();
    await eventually(() => alice.shadowRoot?.activeElement === parts(alice, 'close-members')[0]);
    press(part(alice, 'close-members'), 'Escape');
    await eventually(() => alice.shadowRoot?.activeElement === part(alice, 'open-members'));
    expect(parts(alice, 'search').length).to.equal(0);
  });

  it('an organizer mutes, and removes after one more question', async () => {
    server.channel('standup').organizers.add('olga');
    const olga = await open('olga');
    of(olga, 'bob', 'mute')?.click();
    await eventually(() => parts(olga, 'notice').length === 1);
    of(olga, 'bob', 'remove')?.click();
    await olga.updateComplete;
    of(olga, 'bob', 'confirm-remove')?.click();
    await eventually(() => asked.length === 2);
    expect(asked).to.deep.equal([
      'PUT /channels/standup/members/bob {"muted":true}',
      'DELETE /channels/standup/members/bob ',
    ]);
    expect(of(olga, 'olga', 'mute')).to.equal(null);
  });

  describe('the question before a removal', () => {
    async function ask(user: string): Promise<TestChat> {
      server.channel('standup').organizers.add('olga');
      const olga = await open('olga');
      of(olga, user, 'remove')?.click();
      await olga.updateComplete;
      return olga;
    }
    const isFocused = (chat: TestChat, user: string, name: string) =>
      eventually(() => chat.shadowRoot?.activeElement === of(chat, user, name));

    it('has what takes it back where "Remove" was, with the focus: whoever presses twice removes nobody', async () => {
      server.channel('standup').organizers.add('olga');
      const olga = await open('olga');
      const box = olga.parentElement;
      if (!box) throw new Error('not on the page');
      for (const width of ['300px', '400px']) {
        box.style.width = width;
        await olga.updateComplete;
        const before = of(olga, 'bob', 'remove')?.getBoundingClientRect() ?? new DOMRect();
        of(olga, 'bob', 'remove')?.click();
        await isFocused(olga, 'bob', 'cancel-remove');
        const { x, y } = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
        expect(olga.shadowRoot?.elementFromPoint(x, y), width).to.equal(of(olga, 'bob', 'cancel-remove'));
        of(olga, 'bob', 'cancel-remove')?.click();
        await isFocused(olga, 'bob', 'remove');
      }
      expect(asked).to.deep.equal([]);
    });

    it('gives the focus back to the "Remove" of the member who was asked about', async () => {
      const olga = await ask('bob');
      of(olga, 'bob', 'cancel-remove')?.click();
      await isFocused(olga, 'bob', 'remove');
    });

    it('Escape takes it back, and only then closes the list', async () => {
      const olga = await ask('bob');
      press(part(olga, 'cancel-remove'), 'Escape');
      await isFocused(olga, 'bob', 'remove');
      press(part(olga, 'members'), 'Escape');
      await eventually(() => parts(olga, 'members').length === 0);
    });
  });

  it('an organizer names the meeting, and says who can write', async () => {
    server.channel('standup').organizers.add('olga');
    const olga = await open('olga');
    const title = part(olga, 'meeting-title');
    const state = part(olga, 'meeting-state');
    if (!(title instanceof HTMLInputElement && state instanceof HTMLSelectElement)) throw new Error('no form');
    title.value = ' Retrospective ';
    part(olga, 'save-title').click();
    state.value = 'closed';
    state.dispatchEvent(new Event('change'));
    await eventually(() => asked.length === 2);
    expect(asked).to.deep.equal([
      'PATCH /channels/standup {"title":"Retrospective"}',
      'PATCH /channels/standup {"state":"closed"}',
    ]);
  });

  it('says why something was not done', async () => {
    status = 409;
    server.channel('standup').organizers.add('olga');
    const olga = await open('olga');
    of(olga, 'zoe', 'mute')?.click();
    expect((await partOf(olga, 'notice')).textContent).to.equal('The server refused it.');
  });

  it('whoever is muted can read, and whoever is removed is told', async () => {
    const bob = show(server, 'bob');
    await partOf(bob, 'composer');
    const presence = { bob: { state: 'online' as const, muted: true } };
    await eventually(() => server.requests.some(({ name }) => name === 'join'));
    await partOf(bob, 'empty');
    server.tell('standup', { name: 'presence', data: { channel: 'standup', members: presence } });
    expect((await partOf(bob, 'closed')).textContent).to.contain('muted you');
    server.close('standup', 'removed');
    expect((await partOf(bob, 'banner')).textContent).to.contain('You were removed');
    expect(parts(bob, 'closed').length).to.equal(0);
  });
});
