/// <reference types="mocha" />
import { expect } from 'chai';
import { announcerFor } from './announcer.ts';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, partOf, parts, show, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('what a screen reader hears', () => {
  let server: FakeServer;
  let said: string[];
  const notify = Object.getOwnPropertyDescriptor(Element.prototype, 'ariaNotify');
  beforeEach(() => {
    server = new FakeServer();
    said = [];
    Object.defineProperty(Element.prototype, 'ariaNotify', {
      configurable: true,
      writable: true,
      value: (text: string) => said.push(text),
    });
  });
  afterEach(async () => {
    await hideAll();
    if (notify) Object.defineProperty(Element.prototype, 'ariaNotify', notify);
    else Reflect.deleteProperty(Element.prototype, 'ariaNotify');
  });

  it('is what others write, and neither history nor one’s own', async () => {
    server.channel('standup').say('bob', 'long ago');
    const alice = show(server, 'alice');
    await partOf(alice, 'message');
    await type(alice, 'my own');
    await eventually(() => server.channel('standup').messages.length === 2);
    server.channel('standup').say('bob', 'hello');
    await eventually(() => said.length > 0);
    expect(said).to.deep.equal(['Bob: hello']);
  });

  it('is told apart when it mentions the reader, and not lost in a crowd', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    server.channel('standup').say('bob', '@alice one', undefined, { mentions: ['alice'] });
    server.channel('standup').say('carol', '@bob two', undefined, { mentions: ['bob'] });
    await eventually(() => said.length > 0);
    expect(said).to.deep.equal(['Bob mentions you: @alice one\nCarol: @bob two']);
    said = [];
    server.delivers = () => false;
    for (const text of ['1', '2', '3']) server.channel('standup').say('bob', text);
    server.delivers = () => true;
    server.channel('standup').say('carol', '@alice 4', undefined, { mentions: ['alice'] });
    await eventually(() => said.length > 0);
    expect(said.join('\n')).to.equal('4 new messages\nCarol mentions you: @alice 4');
  });

  it('is one announcement for a burst', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    server.channel('standup').say('bob', 'one');
    server.channel('standup').say('carol', 'two');
    await eventually(() => said.length > 0);
    expect(said).to.deep.equal(['Bob: one\nCarol: two']);
  });

  it('is that the connection was lost, and that it is back', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    server.bye({ code: 'shutdown', reason: 'The server is restarting.', retryAfterMs: 60_000 });
    const action = await partOf(alice, 'banner-action');
    await eventually(() => said.length === 1);
    action.click();
    await eventually(() => said.length === 2 && parts(alice, 'banner').length === 0);
    expect(said[0]).to.contain('Connection lost');
    expect(said[1]).to.equal('Connected again.');
  });

  it('comes from a polite region in the light DOM where the browser cannot notify', async () => {
    Object.defineProperty(Element.prototype, 'ariaNotify', { configurable: true, value: undefined });
    const host = document.createElement('div');
    const announcer = announcerFor(host);
    // A framework may be about to hydrate what stands in the element.
    expect(host.childElementCount).to.equal(0);
    announcer.say('hello');
    const region = host.querySelector('[aria-live="polite"]');
    expect(region?.textContent).to.equal('');
    await eventually(() => region?.textContent === 'hello');
    announcer.stop();
    expect(host.childElementCount).to.equal(0);
  });

  it('is nothing of what was said before the page came back from a snapshot of its HTML', async () => {
    Object.defineProperty(Element.prototype, 'ariaNotify', { configurable: true, value: undefined });
    const host = document.createElement('div');
    const announcer = announcerFor(host);
    announcer.say('long ago');
    await eventually(() => host.textContent === 'long ago');
    const restored = document.createElement('div');
    restored.innerHTML = host.innerHTML;
    announcer.stop();
    const again = announcerFor(restored);
    again.say('hello');
    await eventually(() => restored.textContent === 'hello');
    expect(restored.childElementCount).to.equal(1);
    again.stop();
  });
});
