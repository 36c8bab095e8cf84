/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, part, partOf, parts, settled, show, type TestChat, textsOf, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('what others do', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  const asked = (name: string) =>
    server.requests.filter((request) => request.name === name).map(({ payload }) => payload);
  const reach = (chat: TestChat) => part(chat, 'state').dataset.reach;
  const rowsOf = (chat: TestChat) =>
    [...chat.renderRoot.querySelectorAll<HTMLElement>('[data-key]')].map(({ dataset }) => dataset.seq ?? dataset.key);

  it('who writes is shown, until they stop or have sent it', async () => {
    const alice = show(server, 'alice');
    const bob = show(server, 'bob');
    await partOf(alice, 'empty');
    await partOf(bob, 'empty');
    await type(bob, 'Good', false);
    await eventually(() => part(alice, 'typing').textContent === 'bob is typing …');
    expect(part(bob, 'typing').textContent).to.equal('');
    await type(bob, '', false);
    await eventually(() => part(alice, 'typing').textContent === '');
    await type(bob, 'Good morning', false);
    await eventually(() => part(alice, 'typing').textContent !== '');
    await type(bob, 'Good morning');
    await eventually(() => part(alice, 'typing').textContent === '' && textsOf(alice).length === 1);
  });

  it('the others are told once, not at every key', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    for (const text of ['a', 'ab', 'abc']) await type(alice, text, false);
    await eventually(() => asked('typing').length > 0);
    await settled(alice);
    expect(asked('typing')).to.deep.equal([{ channel: 'standup', on: true }]);
  });

  it('what arrives is reported as delivered, and as read once its reader sees the end', async () => {
    const alice = show(server, 'alice', { placement: 'floating' });
    await eventually(() => asked('join').length === 1);
    server.channel('standup').say('bob', 'one');
    await eventually(() => asked('receipt').length === 1);
    expect(asked('receipt')).to.deep.equal([{ channel: 'standup', delivered: 1, read: 0 }]);
    alice.opened = true;
    await eventually(() => asked('receipt').length === 2);
    expect(asked('receipt')[1]).to.deep.equal({ channel: 'standup', delivered: 1, read: 1 });
  });

  it('a sender sees how far a message has come', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    await type(alice, 'hello');
    await eventually(() => parts(alice, 'state')[0]?.dataset.reach === 'sent');
    server.mark('standup', 'bob', { delivered: 1, read: 0 });
    await eventually(() => reach(alice) === 'delivered');
    server.mark('standup', 'bob', { delivered: 1, read: 1 });
    server.mark('standup', 'carol', { delivered: 1, read: 1 });
    await eventually(() => part(alice, 'state').getAttribute('aria-label') === 'Read by 2 people');
    expect(reach(alice)).to.equal('read');
  });

  it('in a large channel it is counted, the sender left out', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    await type(alice, 'hello');
    await eventually(() => parts(alice, 'state')[0]?.dataset.reach === 'sent');
    const counts = { seq: 1, delivered: 301, read: 251 };
    server.tell('standup', { name: 'receipts', data: { channel: 'standup', receipts: {}, counts } });
    await eventually(() => part(alice, 'state').getAttribute('aria-label') === 'Read by 250 people');
  });

  it('the unread are counted at once after a reload, and a line stands above the first', async () => {
    const channel = server.channel('standup');
    for (const text of ['one', 'two', 'three']) channel.say('bob', text);
    server.mark('standup', 'alice', { delivered: 3, read: 1 });
    const alice = show(server, 'alice', { placement: 'floating' });
    expect((await partOf(alice, 'badge')).textContent).to.equal('2');
    alice.opened = true;
    await partOf(alice, 'unread');
    await settled(alice);
    expect(rowsOf(alice)).to.deep.equal(['1', 'unread', '2', '3']);
    await eventually(() => parts(alice, 'badge').length === 0 && server.channel('standup').receipts.alice?.read === 3);
    expect(parts(alice, 'unread').length).to.equal(1);
    await type(alice, 'an answer');
    expect(parts(alice, 'unread').length).to.equal(0);
  });

  it('many unread ones are shown from the first, and only what was seen is read', async () => {
    const channel = server.channel('standup');
    for (let i = 1; i <= 40; i += 1) channel.say('bob', `message ${i}`);
    server.mark('standup', 'alice', { delivered: 40, read: 10 });
    const alice = show(server, 'alice');
    const divider = await partOf(alice, 'unread');
    await settled(alice);
    const list = part(alice, 'list').getBoundingClientRect();
    expect(divider.getBoundingClientRect().top - list.top).to.be.within(0, 40);
    expect(part(alice, 'new-messages').textContent?.trim()).to.equal('30 new messages');
    expect(asked('receipt')).to.deep.equal([]);
    part(alice, 'new-messages').click();
    await eventually(() => channel.receipts.alice?.read === 40);
  });

  it('of more unread ones than are held the first is gone to at once, and not page by page', async () => {
    const channel = server.channel('standup');
    for (let i = 1; i <= 400; i += 1) channel.say('bob', `message ${i}`);
    server.mark('standup', 'alice', { delivered: 10, read: 10 });
    const alice = show(server, 'alice', { placement: 'floating' });
    await eventually(() => asked('join').length === 1);
    alice.opened = true;
    const divider = await partOf(alice, 'unread');
    await eventually(() => rowsOf(alice).includes('11'));
    await settled(alice);
    expect(rowsOf(alice)[rowsOf(alice).indexOf('unread') + 1]).to.equal('11');
    expect(divider.getBoundingClientRect().top - part(alice, 'list').getBoundingClientRect().top).to.be.within(0, 40);
    expect(asked('history')[0]).to.deep.equal({ channel: 'standup', limit: 30, around: 11 });
    expect(channel.receipts.alice?.read).to.equal(10);
  });
});
