/// <reference types="mocha" />
import { expect } from 'chai';
import { limits } from '../../protocol/limits.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { fakeToken } from '../testing/fake-token.ts';
import { eventually, until } from '../testing/until.ts';
import { leaveAll, quietPage, visit } from '../testing/visit.ts';
import { pageLength } from './log.ts';

describe('a session in a channel', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(leaveAll);

  it('R5: alice and bob read what each of them writes, in one order', async () => {
    const alice = visit(server, 'alice');
    const bob = visit(server, 'bob');
    await Promise.all([alice.live(), bob.live()]);
    alice.session.send({ text: 'one' });
    await eventually(() => bob.texts().length === 1);
    bob.session.send({ text: 'two' });
    await eventually(() => alice.texts().length === 2 && bob.texts().length === 2);
    expect(alice.texts()).to.deep.equal(['one', 'two']);
    expect(bob.texts()).to.deep.equal(['one', 'two']);
  });

  it('shows the latest page of a channel that has a history', async () => {
    for (let i = 1; i <= 80; i += 1) server.channel('standup').say('bob', `m${i}`);
    const alice = visit(server, 'alice');
    await alice.live();
    expect(alice.texts().length).to.equal(pageLength);
    expect(alice.texts().at(-1)).to.equal('m80');
    expect(await alice.session.page({ name: 'older' })).to.equal(true);
    expect(alice.texts().length).to.equal(2 * pageLength);
    expect(await alice.session.page({ name: 'older' })).to.equal(true);
    expect(alice.texts().length).to.equal(80);
    expect(await alice.session.page({ name: 'older' })).to.equal(false);
  });

  it('shows what is sent at once, and shows it once when it is stored', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    const shown: string[][] = [];
    alice.session.state.subscribe(() => shown.push(alice.texts()));
    alice.session.send({ text: 'hello' });
    expect(alice.texts()).to.deep.equal(['[hello]']);
    await eventually(() => alice.texts().includes('hello'));
    await until(alice.session.state, ({ outbox }) => outbox.length === 0);
    expect(alice.texts()).to.deep.equal(['hello']);
  });

  it('R3: sends again under the same key when the ack was lost, and shows the message once', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    server.delivers = () => false;
    server.fate = ({ name }) => (name === 'send' ? 'mute' : 'ok');
    alice.session.send({ text: 'hello' });
    await eventually(() => server.sentTexts.length === 1);
    server.fate = () => 'ok';
    server.delivers = () => true;
    server.drop();
    await until(alice.session.state, ({ outbox, log }) => outbox.length === 0 && log?.head === 1);
    expect(alice.texts()).to.deep.equal(['hello']);
    expect(server.channel('standup').messages.length).to.equal(1);
  });

  it('R21: takes its own entry for the ack', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    server.fate = ({ name }) => (name === 'send' ? 'mute' : 'ok');
    alice.session.send({ text: 'hello' });
    await until(alice.session.state, ({ outbox, log }) => outbox.length === 0 && log?.head === 1);
    expect(alice.texts()).to.deep.equal(['hello']);
  });

  it('R4: sends in the order given, one at a time, over lost connections', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    const wanted = Array.from({ length: 20 }, (_, i) => `m${i}`);
    let sends = 0;
    server.fate = ({ name }) => {
      if (name !== 'send') return 'ok';
      sends += 1;
      if (sends === 4 || sends === 13) server.drop();
      const fate = sends % 5 === 2 ? 'deaf' : sends % 5 === 3 ? 'mute' : 'ok';
      if (fate !== 'ok') setTimeout(() => server.timeOut(), 20);
      return fate;
    };
    for (const text of wanted) alice.session.send({ text });
    await until(alice.session.state, ({ outbox }) => outbox.length === 0);
    expect(server.channel('standup').messages.map(({ text }) => text)).to.deep.equal(wanted);
  });

  it('R5: resumes by what it holds, page by page, and misses nothing', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    server.channel('standup').say('bob', 'before');
    await eventually(() => alice.texts().length === 1);
    server.handshake = 'down';
    server.drop();
    await until(alice.client.connection.state, ({ name }) => name === 'waiting');
    for (let i = 1; i <= 2 * limits.pageMax + 50; i += 1) server.channel('standup').say('bob', `m${i}`);
    server.handshake = 'ok';
    await alice.live();
    const join = server.requests.filter(({ name }) => name === 'join').at(-1);
    expect(join?.payload.since).to.equal(1);
    expect(alice.session.head).to.equal(2 * limits.pageMax + 51);
    expect(alice.texts().at(-1)).to.equal(`m${2 * limits.pageMax + 50}`);
    expect(new Set(alice.texts()).size).to.equal(alice.texts().length);
  });

  it('R22: fetches what a gap shows to be missing', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    server.delivers = () => false;
    server.channel('standup').say('bob', 'lost');
    server.delivers = () => true;
    server.channel('standup').say('bob', 'seen');
    await eventually(() => alice.texts().length === 2);
    expect(alice.texts()).to.deep.equal(['lost', 'seen']);
  });

  it('R14: fetches what the answer to a heartbeat shows to be missing', async () => {
    const page = quietPage();
    const alice = visit(server, 'alice', { page });
    await alice.live();
    server.delivers = () => false;
    server.channel('standup').say('bob', 'lost');
    page.happen('awake');
    await eventually(() => alice.texts().length === 1);
    expect(alice.texts()).to.deep.equal(['lost']);
  });

  it('R22: loses nothing that is delivered while it joins', async () => {
    server.channel('standup').say('bob', 'one');
    const alice = visit(server, 'alice');
    server.fate = ({ name }) => {
      if (name === 'join') setTimeout(() => server.channel('standup').say('bob', 'two'));
      return 'ok';
    };
    await eventually(() => alice.texts().length === 2);
    expect(alice.texts()).to.deep.equal(['one', 'two']);
  });

  it('starts anew on a server whose log is another one', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    for (const text of ['a', 'b', 'c']) server.channel('standup').say('bob', text);
    await eventually(() => alice.texts().length === 3);
    server.channel('standup').clear();
    server.channel('standup').say('bob', 'new');
    server.drop();
    await eventually(() => alice.texts().join() === 'new');
  });

  it('keeps its log on an instance that is only a step behind', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    for (const text of ['a', 'b', 'c']) server.channel('standup').say('bob', text);
    await eventually(() => alice.texts().length === 3);
    const logs: (number | undefined)[] = [];
    alice.session.state.subscribe(({ log }) => logs.push(log?.head));
    server.channel('standup').hiddenHead = 1;
    server.drop();
    await until(alice.session.state, ({ phase }) => phase.name === 'resuming');
    await alice.live();
    expect(logs).not.to.include(undefined);
    expect(alice.texts()).to.deep.equal(['a', 'b', 'c']);
  });

  it('R13: waits and sends again when the server is unavailable or asks for patience', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    const refusals = [
      { code: 'unavailable', message: 'later', retryAfterMs: 1 },
      { code: 'rate_limited', message: 'later', retryAfterMs: 1 },
    ] as const;
    let sends = 0;
    server.fate = ({ name }) => (name === 'send' ? (refusals[sends++] ?? 'ok') : 'ok');
    alice.session.send({ text: 'one' });
    alice.session.send({ text: 'two' });
    await until(alice.session.state, ({ outbox }) => outbox.length === 0);
    expect(server.sentTexts).to.deep.equal(['one', 'one', 'one', 'two']);
  });

  it('R12: a refused message fails, those behind it go on, and it can be sent again or discarded', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    const refusal = { code: 'too_large', message: 'That is too long.' } as const;
    server.fate = ({ name, payload }) => (name === 'send' && payload.text !== 'fine' ? refusal : 'ok');
    const first = alice.session.send({ text: 'huge' });
    const second = alice.session.send({ text: 'vast' });
    alice.session.send({ text: 'fine' });
    const { outbox } = await until(alice.session.state, ({ log }) => log?.head === 1);
    expect(outbox.filter(({ state }) => state.name === 'failed').map(({ text }) => text)).to.deep.equal([
      'huge',
      'vast',
    ]);
    server.fate = () => 'ok';
    alice.session.discard(second ?? '');
    alice.session.retry(first ?? '');
    await until(alice.session.state, (state) => state.outbox.length === 0);
    expect(alice.texts()).to.deep.equal(['fine', 'huge']);
  });

  it('R9: tells that the server does not let the user in, and asks again when the user does', async () => {
    server.fate = ({ name }) =>
      name === 'join' ? { code: 'forbidden', message: 'This is not allowed to you.' } : 'ok';
    const eve = visit(server, 'eve');
    await until(eve.session.state, ({ phase }) => phase.name === 'refused');
    server.fate = () => 'ok';
    eve.session.rejoin();
    await eve.live();
  });

  describe('in a channel that the present token does not name', () => {
    const refuse = (refused: () => boolean) => {
      let tokens = 0;
      server.fate = ({ name }) =>
        name === 'join' && refused() ? { code: 'forbidden', message: 'This is not allowed to you.' } : 'ok';
      return visit(server, 'alice', { getToken: () => fakeToken('alice', { n: ++tokens }) });
    };

    it('R9: goes on under the next token, over the same connection', async () => {
      const alice = refuse(() => server.tokens.length < 2);
      await alice.live();
      expect(server.requests.map(({ name }) => name)).to.deep.equal(['join', 'authenticate', 'join']);
    });

    it('R9: asks for another token once, and then no more', async () => {
      const alice = refuse(() => true);
      await until(alice.session.state, ({ phase }) => phase.name === 'refused');
      expect(server.requests.map(({ name }) => name)).to.deep.equal(['join', 'authenticate', 'join']);
    });
  });

  it('shows nothing of one user to the next', async () => {
    server.channel('standup').say('bob', 'for alice');
    let user = 'alice';
    const visitor = visit(server, 'alice', { getToken: () => fakeToken(user) });
    await visitor.live();
    user = 'mallory';
    server.fate = ({ name, user: who }) =>
      name === 'join' && who === 'mallory' ? { code: 'forbidden', message: 'no' } : 'ok';
    server.drop();
    const { log, me } = await until(visitor.session.state, ({ phase }) => phase.name === 'refused');
    expect([log, me]).to.deep.equal([undefined, 'mallory']);
  });

  it('two channels and two sessions of one share a connection; the last to go leaves the channel', async () => {
    const alice = visit(server, 'alice');
    const second = alice.client.join('standup');
    const other = alice.client.join('retro');
    await until(second.state, ({ phase }) => phase.name === 'live');
    await until(other.state, ({ phase }) => phase.name === 'live');
    expect(server.connections).to.equal(1);
    second.close();
    other.close();
    await eventually(() => server.requests.some(({ name }) => name === 'leave'));
    expect(server.requests.filter(({ name }) => name === 'leave').map(({ payload }) => payload.channel)).to.deep.equal([
      'retro',
    ]);
  });
});
