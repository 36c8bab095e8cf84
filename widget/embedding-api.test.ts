/// <reference types="mocha" />
import { expect } from 'chai';
import type { HostEventDetails } from './host-events.ts';
import './define.ts';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, input, part, partOf, press, show, type TestChat, textsOf, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the element’s methods, events and states', () => {
  let server: FakeServer;
  const heard: Event[] = [];
  const names: (keyof HostEventDetails)[] = [
    'mc-ready',
    'mc-message',
    'mc-unread-change',
    'mc-before-send',
    'mc-open',
    'mc-close',
    'mc-error',
  ];
  const hear = (event: Event) => heard.push(event);
  const told = (name: keyof HostEventDetails) =>
    heard
      .filter((event) => event instanceof CustomEvent && event.type === name)
      .map((event) => Reflect.get(event, 'detail'));
  beforeEach(() => {
    server = new FakeServer();
    heard.length = 0;
    for (const name of names) document.addEventListener(name, hear);
  });
  afterEach(async () => {
    for (const name of names) document.removeEventListener(name, hear);
    await hideAll();
  });
  const ready = async (chat: TestChat) => {
    await eventually(() => told('mc-ready').length > 0);
    return chat;
  };

  it('events reach the document, from within other shadow roots too', async () => {
    await ready(show(server, 'alice'));
    expect(told('mc-ready')).to.deep.equal([{ channel: 'standup' }]);
    expect(heard.every(({ bubbles, composed }) => bubbles && composed)).to.equal(true);
  });

  it('open() and close() say so, and leave the focus where it is; focus() takes it to the composer', async () => {
    const alice = await ready(show(server, 'alice', { placement: 'floating' }));
    alice.open();
    await eventually(() => told('mc-open').length === 1);
    expect(alice.hasAttribute('open')).to.equal(true);
    expect(alice.matches(':state(open)')).to.equal(true);
    expect(document.activeElement).not.to.equal(alice);
    alice.focus();
    await eventually(() => alice.shadowRoot?.activeElement === input(alice));
    alice.close();
    await eventually(() => told('mc-close').length === 1);
    expect(alice.matches(':state(open)')).to.equal(false);
  });

  it('what a framework assigns to `open`, as it does with an attribute of that name, opens and closes', async () => {
    const alice = await ready(show(server, 'alice', { placement: 'floating' }));
    for (const on of [true, '', false, undefined] as const) {
      alice.open = on;
      expect(alice.opened, String(on)).to.equal(on === true || on === '');
    }
    alice.open();
    expect(alice.opened).to.equal(true);
  });

  it('send() sends, keeps what the user is writing, and tells whether it was taken', async () => {
    const alice = await ready(show(server, 'alice'));
    await type(alice, 'half a thou', false);
    expect(alice.send('from the page')).to.equal(true);
    expect(alice.send('  ')).to.equal(false);
    await eventually(() => server.channel('standup').messages.length === 1);
    await eventually(() => told('mc-message').length === 1);
    expect(told('mc-message')[0]).to.deep.include({ own: true });
    expect(input(alice).value).to.equal('half a thou');
  });

  it('a prevented mc-before-send holds the message back, and its text stays', async () => {
    const alice = await ready(show(server, 'alice'));
    alice.addEventListener('mc-before-send', (event) => {
      if (event.detail.text.includes('secret')) event.preventDefault();
    });
    await type(alice, 'a secret');
    expect(textsOf(alice)).to.deep.equal([]);
    expect(input(alice).value).to.equal('a secret');
    expect(alice.send('another secret')).to.equal(false);
    await type(alice, 'no harm');
    await eventually(
      () =>
        server
          .channel('standup')
          .messages.map(({ text }) => text)
          .join() === 'no harm',
    );
  });

  it('tells how many messages are unread', async () => {
    const alice = await ready(show(server, 'alice', { placement: 'floating' }));
    server.channel('standup').say('bob', 'hello');
    await eventually(() => told('mc-unread-change').length === 1);
    expect(told('mc-unread-change')).to.deep.equal([{ unread: 1, mentions: 0 }]);
    expect(alice.matches(':state(unread)')).to.equal(true);
  });

  it('tells what only user or page can mend: no token, no entry, a refused message; each once', async () => {
    server.fate = ({ name }) => (name === 'send' ? { code: 'forbidden', message: 'no' } : 'ok');
    const alice = await ready(show(server, 'alice'));
    await type(alice, 'hello');
    await partOf(alice, 'failure');
    const key = part(alice, 'message').dataset.key;
    expect(told('mc-error')).to.deep.equal([{ code: 'forbidden', key }]);
    alice.getToken = () => '';
    server.bye({ code: 'expired', reason: 'The token has expired.' });
    await eventually(() => told('mc-error').length === 2);
    expect(told('mc-error')[1]).to.deep.equal({ code: 'unauthorized' });
    expect(alice.matches(':state(error)')).to.equal(true);
  });

  it('a lost connection is a state, and no error', async () => {
    const alice = await ready(show(server, 'alice'));
    expect(alice.matches(':state(ready)')).to.equal(true);
    server.bye({ code: 'shutdown', reason: 'The server is restarting.', retryAfterMs: 60_000 });
    await eventually(() => alice.matches(':state(offline)'));
    expect(told('mc-error')).to.deep.equal([]);
  });

  it('added, moved, removed and cloned a hundred times, no connection and no listener stays', async () => {
    const live = new Map<string, number>();
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const targets: EventTarget[] = [window, document];
    const count = (target: EventTarget, name: string, by: number) => {
      if (targets.includes(target ?? window)) live.set(name, (live.get(name) ?? 0) + by);
    };
    EventTarget.prototype.addEventListener = function (
      this: EventTarget,
      ...args: Parameters<typeof addEventListener>
    ) {
      count(this, args[0], 1);
      addEventListener.apply(this, args);
    };
    EventTarget.prototype.removeEventListener = function (
      this: EventTarget,
      ...args: Parameters<typeof removeEventListener>
    ) {
      count(this, args[0], -1);
      removeEventListener.apply(this, args);
    };
    try {
      const chats = Array.from({ length: 100 }, () => show(server, 'alice', { placement: 'floating', open: '' }));
      await eventually(() => server.connections > 0 && chats.every((chat) => chat.matches(':state(ready)')));
      for (const chat of chats) {
        document.body.append(chat);
        const clone = chat.cloneNode(true);
        document.body.append(clone);
        chat.remove();
        document.body.removeChild(clone);
      }
      await eventually(() => server.connections === 0);
    } finally {
      EventTarget.prototype.addEventListener = addEventListener;
      EventTarget.prototype.removeEventListener = removeEventListener;
    }
    expect([...live].filter(([, left]) => left > 0)).to.deep.equal([]);
  });

  it('a second copy of the code does no harm, and an Enter in the composer is no Enter of the page', async () => {
    const first = customElements.get('meeting-chat');
    await import(`/widget/define.ts?again=${crypto.randomUUID()}`);
    expect(customElements.get('meeting-chat')).to.equal(first);
    const keys: string[] = [];
    const listen = ({ type: name }: Event) => keys.push(name);
    for (const name of ['keydown', 'keyup', 'keypress']) document.addEventListener(name, listen);
    const alice = await ready(show(server, 'alice'));
    for (const key of ['j', '?', 'Enter', 'Delete']) press(input(alice), key);
    input(alice).dispatchEvent(new KeyboardEvent('keyup', { key: 'j', bubbles: true, composed: true }));
    for (const name of ['keydown', 'keyup', 'keypress']) document.removeEventListener(name, listen);
    expect(keys).to.deep.equal([]);
  });
});
