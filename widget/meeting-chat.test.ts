/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { fakeToken } from './testing/fake-token.ts';
import { hideAll, input, part, partOf, parts, press, settled, show, textsOf, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('<meeting-chat>', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  it('Enter sends, and empties the composer', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    await type(alice, 'Good morning');
    await eventually(() => textsOf(alice).length === 1);
    expect(textsOf(alice)).to.deep.equal(['Good morning']);
    expect(input(alice).value).to.equal('');
    await eventually(() => server.channel('standup').messages.length === 1);
  });

  it('Shift+Enter and the Enter that ends an input method’s composition send nothing', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    await type(alice, 'text', { shiftKey: true });
    await type(alice, 'text', { isComposing: true });
    await type(alice, 'text', { keyCode: 229 });
    await type(alice, '  \n ');
    expect(textsOf(alice)).to.deep.equal([]);
  });

  it('keeps the lines of a text, and shows markup as text', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    await type(alice, 'one\n  two <b onclick="x">b</b>\n\nfour');
    const text = await partOf(alice, 'text');
    expect(text.textContent).to.equal('one\n  two <b onclick="x">b</b>\n\nfour');
    expect(getComputedStyle(text).whiteSpace).to.contain('pre-wrap');
    expect(alice.renderRoot.querySelector('b')).to.equal(null);
  });

  it('shows a message at once as sending, and turns the same element into the sent one', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    server.fate = ({ name }) => (name === 'send' ? 'deaf' : 'ok');
    await type(alice, 'hello');
    const message = await partOf(alice, 'message');
    expect(message.dataset.state).to.equal('sending');
    expect(message.dataset.seq).to.equal(undefined);
    server.fate = () => 'ok';
    server.timeOut();
    await eventually(() => message.dataset.state === 'sent' && message.dataset.seq === '1');
    expect(parts(alice, 'message')).to.deep.equal([message]);
    expect(message.hasAttribute('data-own')).to.equal(true);
  });

  it('tells why a message failed; it can be sent again, or discarded', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    server.fate = ({ name }) => (name === 'send' ? { code: 'forbidden', message: 'no' } : 'ok');
    await type(alice, 'one');
    await type(alice, 'two');
    await eventually(() => parts(alice, 'retry').length === 2);
    expect(part(alice, 'failure').textContent).to.contain('You may not write here.');
    expect(part(alice, 'message').dataset.state).to.equal('failed');
    server.fate = () => 'ok';
    parts(alice, 'discard')[1]?.click();
    parts(alice, 'retry')[0]?.click();
    await eventually(() => part(alice, 'message').dataset.state === 'sent');
    expect(textsOf(alice)).to.deep.equal(['one']);
  });

  it('tells organizer and participant apart', async () => {
    server.channel('standup').organizers.add('bob');
    server.channel('standup').say('bob', 'welcome');
    server.channel('standup').say('carol', 'thanks');
    const alice = show(server, 'alice');
    await eventually(() => parts(alice, 'message').length === 2);
    expect(
      parts(alice, 'message').map((message) => message.querySelector('[part~="role"]')?.textContent),
    ).to.deep.equal(['Organizer', undefined]);
  });

  it('R8: says that a sign-in is needed, and goes on by itself once there is one', async () => {
    let token = '';
    const alice = show(server, 'alice');
    alice.getToken = () => token;
    const banner = await partOf(alice, 'banner');
    await eventually(() => banner.textContent?.includes('Sign in') === true);
    token = fakeToken('alice');
    part(alice, 'banner-action').click();
    await eventually(() => parts(alice, 'banner').length === 0);
  });

  it('says when the connection is lost and when it is tried again', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    server.bye({ code: 'shutdown', reason: 'The server is restarting.', retryAfterMs: 60_000 });
    const banner = await partOf(alice, 'banner');
    expect(banner.textContent).to.match(/Next try in \d+ seconds/);
    part(alice, 'banner-action').click();
    await eventually(() => parts(alice, 'banner').length === 0);
  });

  it('R9: says that the user may not enter', async () => {
    server.fate = ({ name }) => (name === 'join' ? { code: 'forbidden', message: 'no' } : 'ok');
    const eve = show(server, 'eve');
    await eventually(() => parts(eve, 'banner')[0]?.textContent?.includes('may not enter') === true);
  });

  it('R20: getToken wins over the storage', async () => {
    localStorage.setItem('jwt', fakeToken('of the storage'));
    const alice = show(server, 'alice', { 'token-storage': 'jwt' });
    await partOf(alice, 'empty');
    alice.getToken = undefined;
    await eventually(() => server.tokens.length === 2);
    expect(server.tokens).to.deep.equal([fakeToken('alice'), fakeToken('of the storage')]);
    localStorage.clear();
  });

  it('R20: another function at every rendering begins nothing anew; the next token comes from the last of them', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    for (let n = 1; n <= 3; n += 1) {
      alice.getToken = () => fakeToken('alice', { n });
      await alice.updateComplete;
    }
    expect(server.tokens).to.deep.equal([fakeToken('alice')]);
    server.bye({ code: 'expired', reason: 'The token has expired.' });
    await eventually(() => server.tokens.length === 2);
    expect(server.tokens[1]).to.equal(fakeToken('alice', { n: 3 }));
  });

  it('R20: another function is asked at once where there was no token', async () => {
    const alice = show(server, 'alice');
    alice.getToken = () => undefined;
    const banner = await partOf(alice, 'banner');
    await eventually(() => banner.textContent?.includes('Sign in') === true);
    let asked = 0;
    alice.getToken = () => {
      asked += 1;
      return undefined;
    };
    await alice.updateComplete;
    expect(asked).to.equal(1);
    alice.getToken = () => fakeToken('alice');
    await eventually(() => parts(alice, 'banner').length === 0);
  });

  it('R20: waits in silence until there is something that gives a token: a page may be hydrated later', async () => {
    const alice = show(server, 'alice');
    const { getToken } = alice;
    const errors: unknown[] = [];
    alice.addEventListener('mc-error', ({ detail }) => errors.push(detail));
    alice.getToken = undefined;
    await partOf(alice, 'panel');
    await settled(alice);
    expect([errors, parts(alice, 'banner'), server.connections]).to.deep.equal([[], [], 0]);
    alice.getToken = getToken;
    await partOf(alice, 'empty');
    expect(server.connections).to.equal(1);
  });

  it('R23: two elements share a connection', async () => {
    const getToken = () => fakeToken('alice');
    const chats = [show(server, 'alice'), show(server, 'alice', { meeting: 'retro' })];
    for (const chat of chats) chat.getToken = getToken;
    await Promise.all(chats.map((chat) => partOf(chat, 'empty')));
    expect(server.connections).to.equal(1);
    const another = () => fakeToken('alice');
    for (const chat of chats) chat.getToken = another;
    const third = show(server, 'alice', { meeting: 'review' });
    third.getToken = another;
    await partOf(third, 'empty');
    expect(server.tokens.length).to.equal(1);
  });

  it('keeps its session when it is moved, and leaves nothing open when it is removed', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    for (let i = 0; i < 100; i += 1) alice.parentElement?.append(alice);
    await alice.updateComplete;
    expect(server.requests.filter(({ name }) => name === 'join').length).to.equal(1);
    const box = alice.parentElement;
    alice.remove();
    await eventually(() => server.connections === 0);
    box?.append(alice);
    await eventually(() => server.connections === 1);
  });

  it('keeps its session when the page replaces all around it, and puts it back some microtasks later', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    const box = alice.parentElement;
    alice.remove();
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
    box?.append(alice);
    // What would end the session is a task before this one.
    await new Promise((next) => setTimeout(next));
    expect(alice.matches(':state(ready)')).to.equal(true);
    expect(server.requests.filter(({ name }) => name === 'join').length).to.equal(1);
    expect(server.tokens.length).to.equal(1);
  });

  it('goes to another meeting when its attribute changes, over the same connection', async () => {
    server.channel('standup').say('bob', 'in standup');
    server.channel('retro').say('bob', 'in retro');
    const alice = show(server, 'alice');
    await eventually(() => textsOf(alice).join() === 'in standup');
    alice.meeting = 'retro';
    await eventually(() => textsOf(alice).join() === 'in retro');
    expect(server.tokens).to.have.length(1);
  });

  it('R20: goes to another meeting as whoever has signed in since', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    alice.getToken = () => fakeToken('bob');
    alice.meeting = 'retro';
    await eventually(() => server.requests.some(({ name, user }) => name === 'join' && user === 'bob'));
    await eventually(() => alice.matches(':state(ready)'));
    await type(alice, 'from bob');
    await eventually(() => server.channel('retro').messages.length === 1);
    expect(server.channel('retro').messages[0]?.sender.id).to.equal('bob');
  });

  it('R15: goes to another meeting after it was put out of the one before', async () => {
    server.channel('standup').say('bob', 'in standup');
    server.channel('retro').say('bob', 'in retro');
    const alice = show(server, 'alice');
    await eventually(() => textsOf(alice).join() === 'in standup');
    server.close('standup', 'removed');
    server.bye({ code: 'removed', reason: 'You were removed.' });
    await partOf(alice, 'banner');
    alice.meeting = 'retro';
    await eventually(() => textsOf(alice).join() === 'in retro' && parts(alice, 'banner').length === 0);
  });

  it('typing never triggers the shortcuts of the page; Escape and Tab are the page’s too', async () => {
    const heard: string[] = [];
    const listen = ({ key }: KeyboardEvent) => heard.push(key);
    document.addEventListener('keydown', listen);
    const alice = show(server, 'alice');
    await partOf(alice, 'input');
    for (const key of ['k', '/', 'Enter', 'ArrowUp', 'Escape', 'Tab']) press(input(alice), key);
    document.removeEventListener('keydown', listen);
    expect(heard).to.deep.equal(['Escape', 'Tab']);
  });

  it('R24: sets no inline style', async () => {
    server.channel('standup').say('bob', 'hello');
    const alice = show(server, 'alice', { placement: 'floating', open: '' });
    await partOf(alice, 'message');
    expect(alice.renderRoot.querySelectorAll('[style], style').length).to.equal(0);
    expect(alice.hasAttribute('style')).to.equal(false);
  });

  it('takes the focus back to the composer from the button that sent, or ended an edit without changes', async () => {
    const alice = show(server, 'alice');
    const submit = async (text: string) => {
      await type(alice, text, false);
      part(alice, 'send').focus();
      part(alice, 'send').click();
      await settled(alice);
      expect(input(alice).value).to.equal('');
      expect(alice.shadowRoot?.activeElement === input(alice)).to.equal(true);
    };
    await eventually(() => alice.matches(':state(ready)'));
    await submit('hello');
    await partOf(alice, 'message-actions');
    press(input(alice), 'ArrowUp');
    await partOf(alice, 'purpose');
    await submit('hello');
  });
});
