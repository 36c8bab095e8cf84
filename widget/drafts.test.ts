/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, input, partOf, press, show, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('a draft', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  async function visit(user: string, meeting = 'standup') {
    const chat = show(server, user, { meeting });
    await partOf(chat, 'empty');
    return chat;
  }

  it('is there again after a reload, until it is sent', async () => {
    const before = await visit('alice');
    await type(before, 'half a\nthought', false);
    before.remove();
    const after = await visit('alice');
    expect(input(after).value).to.equal('half a\nthought');
    press(input(after), 'Enter');
    await eventually(() => server.sentTexts.length === 1);
    after.remove();
    expect(sessionStorage.length).to.equal(0);
  });

  it('belongs to one conversation of one user', async () => {
    const alice = await visit('alice');
    await type(alice, 'for standup', false);
    alice.meeting = 'retro';
    await eventually(() => input(alice).value === '');
    await type(alice, 'for retro', false);
    alice.meeting = 'standup';
    await eventually(() => input(alice).value === 'for standup');
    const bob = await visit('bob', 'retro');
    expect(input(bob).value).to.equal('');
  });

  it('an edit leaves it as it is', async () => {
    const before = await visit('alice');
    await type(before, 'sent');
    await eventually(() => server.channel('standup').messages.length === 1);
    await partOf(before, 'message-actions');
    press(input(before), 'ArrowUp');
    await partOf(before, 'purpose');
    await type(before, 'sent, and changed', false);
    before.remove();
    const after = show(server, 'alice');
    await partOf(after, 'message');
    expect(input(after).value).to.equal('');
  });

  it('is kept by the page alone where storage is blocked', async () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const alice = await visit('alice');
    await type(alice, 'hello', false);
    Storage.prototype.setItem = setItem;
    expect(input(alice).value).to.equal('hello');
  });
});
