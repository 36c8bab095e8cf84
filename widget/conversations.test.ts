/// <reference types="mocha" />
import { expect } from 'chai';
import type { Presence } from '../protocol/entities.ts';
import { fakeToken } from './testing/fake-token.ts';
import { focused, goTo, Meeting, writeTo } from './testing/meeting.ts';
import { choose, input, part, partOf, parts, press, show, type TestChat, textsOf, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('private conversations and groups', () => {
  let meeting: Meeting;
  beforeEach(() => {
    meeting = new Meeting();
  });
  afterEach(() => meeting.end());

  const colourOf = (chat: TestChat) => getComputedStyle(part(chat, 'panel')).getPropertyValue('--_accent');

  const items = (chat: TestChat) =>
    parts(chat, 'conversation').map((item) =>
      [...item.querySelectorAll('bdi, small, .conversation-last, .hidden')].map(({ textContent }) => textContent),
    );

  it('opened at a member, one has the recipient’s name at the input and in the header, and a colour of its own', async () => {
    const alice = await meeting.visit();
    const before = colourOf(alice);
    const heights = () => ['header', 'title'].map((name) => part(alice, name).getBoundingClientRect());
    const [header, title] = heights();
    await type(alice, 'for everyone', false);
    await writeTo(alice, 'bob');
    expect(meeting.routes.asked.at(-1)).to.equal('POST /channels {"kind":"direct","user":"bob","meeting":"standup"}');
    expect(part(alice, 'recipient').textContent).to.equal('Private, to Bob');
    expect(part(alice, 'title').textContent).to.equal('Bob');
    expect(input(alice).placeholder).to.equal('Private message to Bob');
    expect(input(alice).value).to.equal('');
    expect(part(alice, 'panel').dataset.kind).to.equal('direct');
    await partOf(alice, 'subtitle');
    expect(heights().map(({ height }) => height)[0]).to.equal(header?.height);
    expect(heights()[1]?.top).to.be.closeTo(title?.top ?? 0, 1);
    expect(colourOf(alice)).not.to.equal(before);
    await type(alice, 'between us');
    await eventually(() => meeting.server.direct('alice', 'bob').messages.length === 1);
    await eventually(() => textsOf(alice).join() === 'between us');
    await goTo(alice, 'standup');
    expect(textsOf(alice)).to.deep.equal([]);
    expect(input(alice).value).to.equal('for everyone');
    expect(parts(alice, 'recipient').length).to.equal(0);
    expect(colourOf(alice)).to.equal(before);
    expect(meeting.server.channel('standup').messages).to.deep.equal([]);
  });

  it('its header says whether the other one is there, or since when not, and nothing while nobody knows', async () => {
    const alice = await meeting.visit();
    await writeTo(alice, 'bob');
    const { id } = meeting.server.direct('alice', 'bob');
    const tell = (bob: Presence) =>
      meeting.server.tell(id, { name: 'presence', data: { channel: id, members: { bob } } });
    const shown = () => parts(alice, 'subtitle').map(({ textContent, dataset }) => `${dataset.state}: ${textContent}`);
    await eventually(() => shown().join() === 'online: Online');
    tell({ state: 'offline', lastSeen: Date.now() });
    await eventually(() => /^offline: Last seen \d\d?:\d\d/.test(shown().join()));
    tell({ state: 'offline', lastSeen: Date.now() - 86_400_000 });
    await eventually(() => /^offline: Last seen yesterday, \d/.test(shown().join()));
    meeting.server.drop();
    await eventually(() => shown().join() === '');
  });

  it('what is opened beside them for the first time speaks the reader’s language', async () => {
    meeting.server.direct('bob', 'alice').say('bob', 'hallo');
    const alice = await meeting.visit('alice', { lang: 'de' });
    await partOf(alice, 'open-conversations');
    part(alice, 'open-settings').click();
    expect((await partOf(alice, 'settings')).textContent).to.contain('Ton bei neuen Nachrichten');
  });

  it('opened at a message, one is with its author', async () => {
    meeting.server.channel('standup').say('carol', 'hello');
    const alice = await meeting.visit();
    (await partOf(alice, 'message-actions')).click();
    await choose(alice, 'privately');
    expect((await partOf(alice, 'recipient')).textContent).to.contain('Carol');
    await eventually(() => focused(alice) === input(alice));
  });

  it('until one is there the focus stays where it was: what is typed meanwhile does not go to everyone', async () => {
    meeting.server.channel('standup').say('carol', 'hello');
    const alice = await meeting.visit();
    let answer: (() => void) | undefined;
    const { fetch } = window;
    window.fetch = async (...request) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return fetch(...request);
    };
    (await partOf(alice, 'message-actions')).click();
    await choose(alice, 'privately');
    await eventually(() => answer !== undefined);
    expect(focused(alice)).to.equal(part(alice, 'message'));
    answer?.();
    await partOf(alice, 'recipient');
    window.fetch = fetch;
  });

  it('a private message that arrives meanwhile is counted, announced and told to the page, and read when it is looked at', async () => {
    const told: unknown[] = [];
    const alice = await meeting.visit();
    alice.addEventListener('mc-message', ({ detail }) => told.push([detail.channel, detail.message.text]));
    alice.addEventListener('mc-unread-change', ({ detail }) => told.push(detail.unread));
    const direct = meeting.server.direct('bob', 'alice');
    direct.say('bob', 'psst');
    meeting.server.invite('alice', direct);
    expect((await partOf(alice, 'conversation-unread')).textContent).to.equal('1');
    await eventually(() => meeting.said.join() === 'Private message from Bob: psst');
    expect(told).to.deep.equal([[direct.id, 'psst'], 1]);
    expect(part(alice, 'open-conversations').getAttribute('aria-label')).to.contain('1 unread message');
    direct.say('bob', 'and more');
    await eventually(() => parts(alice, 'conversation-unread')[0]?.textContent === '2');
    part(alice, 'open-conversations').click();
    await partOf(alice, 'conversations');
    expect(items(alice)).to.deep.equal([
      ['standup', 'Everyone in the meeting', 'No messages yet'],
      ['Bob', 'Private', 'Bob: and more', '2 unread messages'],
    ]);
    press(part(alice, 'conversations'), 'Escape');
    await goTo(alice, direct.id);
    await eventually(() => parts(alice, 'conversation-unread').length === 0);
    await eventually(() => direct.receipts.alice?.read === 2);
    expect(told.at(-1)).to.equal(0);
  });

  it('what comes in two at once is announced as what it is: private, or for everyone', async () => {
    const direct = meeting.server.direct('bob', 'alice');
    direct.say('bob', 'hello');
    const alice = await meeting.visit();
    await partOf(alice, 'open-conversations');
    await eventually(() => meeting.server.requests.some(({ payload }) => payload.channel === direct.id));
    await eventually(() => direct.receipts.alice?.delivered === 1);
    meeting.server.channel('standup').say('carol', 'to all');
    direct.say('bob', 'psst');
    await eventually(() => meeting.said.length > 0);
    expect(meeting.said.join()).to.equal('Carol: to all\nPrivate message from Bob: psst');
  });

  it('what came while the user was away is counted from the list', async () => {
    meeting.server.direct('bob', 'alice').say('bob', 'are you there?');
    meeting.server.direct('carol', 'alice', 'retro').say('carol', 'of another meeting');
    const alice = await meeting.visit('alice', { placement: 'floating' });
    expect((await partOf(alice, 'badge')).textContent).to.equal('1');
    alice.opened = true;
    (await partOf(alice, 'open-conversations')).click();
    await partOf(alice, 'conversations');
    expect(items(alice).length).to.equal(2);
  });

  it('the switcher is a menu: arrows go round, Enter chooses, Escape and Tab give the focus back', async () => {
    meeting.server.direct('bob', 'alice').say('bob', 'hello');
    const alice = await meeting.visit();
    for (const key of ['Escape', 'Tab']) {
      const opener = await partOf(alice, 'open-conversations');
      opener.focus();
      opener.click();
      await eventually(() => focused(alice)?.getAttribute('aria-checked') === 'true');
      expect(focused(alice)?.getAttribute('data-channel')).to.equal('standup');
      press(part(alice, 'conversations'), 'ArrowDown');
      expect(focused(alice)?.getAttribute('data-kind')).to.equal('direct');
      press(part(alice, 'conversations'), 'ArrowDown');
      expect(focused(alice)?.getAttribute('data-kind')).to.equal('meeting');
      press(part(alice, 'conversations'), key);
      await eventually(() => focused(alice) === part(alice, 'open-conversations'));
    }
  });

  it('each has its draft, which a reload leaves there', async () => {
    const direct = meeting.server.direct('bob', 'alice');
    direct.say('bob', 'hello');
    const before = await meeting.visit();
    await goTo(before, direct.id);
    await type(before, 'half a secret', false);
    before.remove();
    const after = await meeting.visit();
    expect(input(after).value).to.equal('');
    await goTo(after, direct.id);
    expect(input(after).value).to.equal('half a secret');
  });

  it('they share one connection, and what was written in one goes out while another is open', async () => {
    const direct = meeting.server.direct('bob', 'alice');
    direct.say('bob', 'hello');
    const alice = await meeting.visit();
    meeting.server.fate = ({ name }) => (name === 'send' ? 'deaf' : 'ok');
    await type(alice, 'to all');
    await goTo(alice, direct.id);
    meeting.server.fate = () => 'ok';
    meeting.server.timeOut();
    await eventually(() => meeting.server.channel('standup').messages.length === 1);
    expect(textsOf(alice)).to.deep.equal(['hello']);
    expect(meeting.server.connections).to.equal(1);
  });

  it('where an organizer has turned them off they are not offered, and those there are say why nothing can be written', async () => {
    const direct = meeting.server.direct('bob', 'alice');
    direct.say('bob', 'hello');
    const alice = await meeting.visit();
    await goTo(alice, direct.id);
    meeting.server.set('standup', { directMessages: false });
    expect((await partOf(alice, 'closed')).textContent).to.equal('An organizer has turned private messages off.');
    part(alice, 'open-conversations').click();
    await partOf(alice, 'conversations');
    parts(alice, 'conversation')[0]?.click();
    await eventually(() => parts(alice, 'input').length > 0);
    part(alice, 'open-members').click();
    await partOf(alice, 'member');
    expect(parts(alice, 'privately').length).to.equal(0);
  });

  it('a refusal is worded: by the one who takes no messages, and by whoever blocks a message on its way', async () => {
    meeting.routes.refusal = 'forbidden';
    const alice = await meeting.visit();
    part(alice, 'open-members').click();
    await eventually(() => parts(alice, 'privately').length > 0);
    part(alice, 'privately').click();
    expect((await partOf(alice, 'notice')).textContent).to.equal('Bob cannot be written to in private now.');
    expect(parts(alice, 'members').length).to.equal(1);
    meeting.routes.refusal = undefined;
    press(part(alice, 'members'), 'Escape');
    await alice.updateComplete;
    await writeTo(alice, 'bob');
    meeting.server.fate = ({ name }) => (name === 'send' ? { code: 'forbidden', message: 'no' } : 'ok');
    await type(alice, 'hello?');
    expect((await partOf(alice, 'failure')).textContent).to.contain('Bob cannot be written to in private now.');
  });

  it('whoever is taken out of one is told, and their focus does not go to the input of the meeting', async () => {
    meeting.server.team('alice');
    const alice = await meeting.visit();
    await goTo(alice, 'team');
    await type(alice, 'a secret', false);
    meeting.server.close('team', 'removed');
    expect((await partOf(alice, 'notice')).textContent).to.equal('The conversation “Team” was closed for you.');
    await eventually(() => focused(alice) === part(alice, 'list'));
    expect(input(alice).value).to.equal('');
    expect(parts(alice, 'open-conversations').length).to.equal(0);
  });

  it('a group of the user’s is in the list, with who wrote what', async () => {
    const group = meeting.server.team('alice');
    group.say('bob', 'in the group');
    const alice = await meeting.visit();
    expect((await partOf(alice, 'conversation-unread')).textContent).to.equal('1');
    await goTo(alice, 'team');
    expect(input(alice).placeholder).to.equal('Message to Team');
    expect(part(alice, 'panel').dataset.kind).to.equal('group');
    await eventually(() => textsOf(alice).join() === 'in the group');
    await type(alice, 'hello');
    await eventually(() => group.messages.length === 2);
    meeting.server.channel('standup').say('bob', 'to all');
    await eventually(() => meeting.said.join() === 'Bob in standup: to all');
  });

  it('another user finds nothing of the one before', async () => {
    const direct = meeting.server.direct('bob', 'alice');
    direct.say('bob', 'for alice only');
    let user = 'alice';
    const chat = show(meeting.server, user);
    chat.getToken = () => fakeToken(user);
    await goTo(chat, direct.id);
    await eventually(() => textsOf(chat).join() === 'for alice only');
    user = 'dan';
    meeting.server.drop();
    await eventually(() => textsOf(chat).length === 0 && parts(chat, 'open-conversations').length === 0);
    await eventually(() => part(chat, 'title').textContent === 'standup');
    await eventually(() => meeting.routes.asked.length === 2);
    await chat.updateComplete;
    expect(
      meeting.server.requests.filter(({ user }) => user === 'dan').map(({ payload }) => payload.channel),
    ).not.to.include(direct.id);
  });

  it('what was found in a conversation that was closed is shown no more', async () => {
    meeting.server.team('alice');
    const alice = await meeting.visit();
    await goTo(alice, 'team');
    part(alice, 'open-search').click();
    await partOf(alice, 'search');
    meeting.server.close('team', 'deleted');
    await eventually(() => parts(alice, 'search').length === 0);
    expect(part(alice, 'title').textContent).to.equal('standup');
  });
});
