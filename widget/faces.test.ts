/// <reference types="mocha" />
import { expect } from 'chai';
import type { ErrorBody } from '../protocol/errors.ts';
import { FakeServer } from './testing/fake-server.ts';
import { fakeToken } from './testing/fake-token.ts';
import {
  hideAll,
  input,
  part,
  partOf,
  parts,
  press,
  settled,
  show,
  type TestChat,
  textsOf,
  type,
} from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('every state has a face', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  const banner = async (chat: TestChat, name: string) => {
    await eventually(() => parts(chat, 'banner')[0]?.dataset.name === name);
    return part(chat, 'banner').querySelector('span')?.textContent;
  };
  const failing = (error: ErrorBody) => {
    server.fate = ({ name }) => (name === 'send' ? error : 'ok');
  };
  const state = (chat: TestChat) => parts(chat, 'message')[0]?.dataset.state;
  const failure = async (chat: TestChat) => (await partOf(chat, 'failure')).querySelector('span')?.textContent;
  async function open(): Promise<TestChat> {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    return alice;
  }

  it('connecting', async () => {
    server.fate = () => 'deaf';
    const alice = show(server, 'alice');
    expect(await banner(alice, 'connecting')).to.equal('Connecting …');
    expect(part(alice, 'composer')).to.be.instanceOf(HTMLFormElement);
  });

  it('offline: the next try, a way to try now, and what was written stays', async () => {
    server.channel('standup').say('bob', 'hello');
    const alice = show(server, 'alice');
    await partOf(alice, 'message');
    server.bye({ code: 'shutdown', reason: 'The server is restarting.', retryAfterMs: 60_000 });
    expect(await banner(alice, 'waiting')).to.match(/^Connection lost\. Next try in \d+ seconds\.$/);
    await type(alice, 'written meanwhile');
    // With the next frame at the latest.
    await eventually(() => textsOf(alice).join() === 'hello,written meanwhile');
    part(alice, 'banner-action').click();
    await eventually(() => server.channel('standup').messages.length === 2);
    await eventually(() => parts(alice, 'banner').length === 0);
  });

  it('resuming, with what was there before', async () => {
    server.channel('standup').say('bob', 'hello');
    const alice = show(server, 'alice');
    await partOf(alice, 'message');
    server.fate = ({ name }) => (name === 'join' ? 'deaf' : 'ok');
    server.bye({ code: 'moved', reason: 'Another instance takes over.' });
    expect(await banner(alice, 'resuming')).to.equal('Catching up …');
    expect(textsOf(alice)).to.deep.equal(['hello']);
  });

  it('empty', async () => {
    const alice = await open();
    expect(part(alice, 'empty').textContent).to.contain('No messages yet');
  });

  it('closed, and ended', async () => {
    const alice = await open();
    server.set('standup', { state: 'closed' });
    await eventually(
      () => parts(alice, 'closed')[0]?.textContent === 'The chat is closed. You can read, but not write.',
    );
    server.set('standup', { state: 'ended' });
    await eventually(() => parts(alice, 'closed')[0]?.textContent === 'The meeting has ended.');
    expect(parts(alice, 'composer').length).to.equal(0);
  });

  it('removed', async () => {
    const alice = await open();
    server.close('standup', 'removed');
    expect(await banner(alice, 'removed')).to.equal('You were removed from this chat.');
    expect(parts(alice, 'composer').length).to.equal(0);
  });

  it('the token expired; the next one goes on by itself', async () => {
    let token = fakeToken('alice', { n: 1 });
    const alice = show(server, 'alice');
    alice.getToken = () => token;
    await partOf(alice, 'empty');
    server.bye({ code: 'expired', reason: 'The token has expired.' });
    expect(await banner(alice, 'expired')).to.equal('Your sign-in has expired. Sign in again to go on.');
    token = fakeToken('alice', { n: 2 });
    await eventually(() => parts(alice, 'banner').length === 0);
  });

  it('the token is renewed before it expires, and nobody sees anything of it', async () => {
    let lifeMs = 3_000;
    const alice = show(server, 'alice');
    alice.getToken = () => {
      const token = fakeToken('alice', { exp: (Date.now() + lifeMs) / 1000 });
      lifeMs = 3_600_000;
      return token;
    };
    await partOf(alice, 'empty');
    let banners = 0;
    new MutationObserver(() => {
      banners += parts(alice, 'banner').length;
    }).observe(alice.renderRoot, { childList: true, subtree: true });
    await eventually(() => server.requests.some(({ name }) => name === 'authenticate'));
    await settled(alice);
    expect(banners).to.equal(0);
    expect(server.connections).to.equal(1);
  });

  it('near the limit the characters that are left are counted', async () => {
    const alice = await open();
    await type(alice, 'x'.repeat(9_499), false);
    expect(parts(alice, 'room').length).to.equal(0);
    await type(alice, 'x'.repeat(9_999), false);
    expect(part(alice, 'room').textContent).to.equal('1 character left');
    expect(input(alice).getAttribute('aria-describedby')).to.equal(part(alice, 'room').id);
    await type(alice, 'x'.repeat(10_000));
    await eventually(() => textsOf(alice).length === 1);
  });

  it('too long: the text is kept and not sent, and the reason stands there', async () => {
    const alice = await open();
    await type(alice, 'x'.repeat(10_003));
    await settled(alice);
    expect(part(alice, 'error').textContent).to.equal('Too long by 3 characters');
    expect(part(alice, 'error').getAttribute('role')).to.equal('status');
    expect(input(alice).getAttribute('aria-invalid')).to.equal('true');
    expect(part(alice, 'send')).to.have.property('disabled', true);
    expect(input(alice).value.length).to.equal(10_003);
    expect(textsOf(alice)).to.deep.equal([]);
    await type(alice, input(alice).value.slice(3));
    await eventually(() => textsOf(alice).length === 1);
  });

  it('too fast: it says how long it waits, and counts that down', async () => {
    const alice = await open();
    failing({ code: 'rate_limited', message: '', retryAfterMs: 60_000 });
    await type(alice, 'quick');
    const text = () => part(alice, 'failure').textContent?.trim();
    await partOf(alice, 'failure');
    const first = text();
    expect(first).to.match(/^Too fast\. It is sent by itself in \d+ seconds\.$/);
    expect(state(alice)).to.equal('sending');
    expect(parts(alice, 'retry').length).to.equal(0);
    await eventually(() => text() !== first);
  });

  it('too fast: it goes out by itself when the wait is over', async () => {
    const alice = await open();
    failing({ code: 'rate_limited', message: '', retryAfterMs: 300 });
    await type(alice, 'quick');
    await eventually(() => server.sentTexts.length === 1);
    server.fate = () => 'ok';
    await eventually(() => state(alice) === 'sent');
    expect(parts(alice, 'failure').length).to.equal(0);
    expect(server.channel('standup').messages.map(({ text }) => text)).to.deep.equal(['quick']);
  });

  it('failed, with a way to try again', async () => {
    const alice = await open();
    failing({ code: 'forbidden', message: '' });
    await type(alice, 'hello');
    expect(await failure(alice)).to.equal('Not sent. You may not write here.');
    expect(state(alice)).to.equal('failed');
    server.fate = () => 'ok';
    part(alice, 'retry').click();
    await eventually(() => state(alice) === 'sent');
  });

  it('rejected by the filter', async () => {
    const alice = await open();
    failing({ code: 'invalid', message: '' });
    await type(alice, 'a word');
    expect(await failure(alice)).to.equal('Not sent. It holds words that are not wanted here.');
    part(alice, 'discard').click();
    await eventually(() => parts(alice, 'message').length === 0);
  });

  it('held for an organizer, until it is let through', async () => {
    const alice = await open();
    failing({ code: 'conflict', message: '' });
    await type(alice, 'a word');
    expect(await failure(alice)).to.equal('Waits for an organizer to approve it.');
    expect(state(alice)).to.equal('held');
    expect(parts(alice, 'retry').length).to.equal(0);
    const key = server.requests.find(({ name }) => name === 'send')?.payload.key;
    server.channel('standup').say('alice', 'a word', String(key));
    await eventually(() => state(alice) === 'sent');
    expect(textsOf(alice)).to.deep.equal(['a word']);
    expect(parts(alice, 'failure').length).to.equal(0);
  });

  it('held, and let through while the reader was away: the next connection finds out', async () => {
    const alice = await open();
    failing({ code: 'conflict', message: '' });
    await type(alice, 'a word');
    await partOf(alice, 'failure');
    server.fate = () => 'ok';
    server.bye({ code: 'moved', reason: '' });
    (await partOf(alice, 'banner-action')).click();
    await eventually(() => state(alice) === 'sent');
    expect(server.channel('standup').messages.map(({ text }) => text)).to.deep.equal(['a word']);
  });

  it('held, and refused: says so at once, and why', async () => {
    const alice = await open();
    failing({ code: 'conflict', message: '' });
    await type(alice, 'a word');
    await partOf(alice, 'failure');
    failing({ code: 'invalid', message: '' });
    const key = String(server.requests.find(({ name }) => name === 'send')?.payload.key);
    server.tell('standup', { name: 'refused', data: { channel: 'standup', key } });
    await eventually(() => state(alice) === 'failed');
    expect(await failure(alice)).to.equal('Not sent. It holds words that are not wanted here.');
  });

  it('an edit that the filter refuses says so', async () => {
    const alice = await open();
    await type(alice, 'hello');
    await eventually(() => server.channel('standup').messages.length === 1);
    await partOf(alice, 'message-actions');
    server.fate = ({ name }) => (name === 'edit' ? { code: 'invalid', message: '' } : 'ok');
    press(input(alice), 'ArrowUp');
    await partOf(alice, 'purpose');
    await type(alice, 'a word');
    expect((await partOf(alice, 'notice')).textContent).to.equal('It holds words that are not wanted here.');
  });
});
