/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from '../testing/fake-server.ts';
import { fakeToken } from '../testing/fake-token.ts';
import { eventually, until } from '../testing/until.ts';
import { leaveAll, quietPage, visit } from '../testing/visit.ts';

describe('a connection', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(leaveAll);

  it('R20: asks for the token afresh at every attempt', async () => {
    let asked = 0;
    const alice = visit(server, 'alice', { getToken: () => fakeToken('alice', { n: ++asked }) });
    await alice.live();
    server.drop();
    await eventually(() => server.tokens.length === 2 && server.connections === 1);
    expect(server.tokens).to.deep.equal([fakeToken('alice', { n: 1 }), fakeToken('alice', { n: 2 })]);
  });

  it('R8: is unauthorized without a token, or with a refused one, until there is a good one', async () => {
    let token = '';
    const alice = visit(server, 'alice', { getToken: () => token });
    const { state } = alice.client.connection;
    expect(await until(state, ({ name }) => name === 'unauthorized')).to.deep.include({ reason: 'missing' });
    expect(server.tokens).to.deep.equal([]);
    token = fakeToken('alice');
    server.handshake = 'unauthorized';
    await until(state, (value) => value.name === 'unauthorized' && value.reason === 'refused');
    server.handshake = 'ok';
    await alice.live();
  });

  it('R20: goes on under the next token before the present one expires, without another connection', async () => {
    let lifeMs = 3_000;
    const made: string[] = [];
    const getToken = () => {
      const token = fakeToken('alice', { exp: (Date.now() + lifeMs) / 1000, n: made.length });
      made.push(token);
      // Only the next one lives long.
      lifeMs = 3_600_000;
      return token;
    };
    const alice = visit(server, 'alice', { getToken });
    await alice.live();
    const states: string[] = [];
    alice.client.connection.state.subscribe(({ name }) => states.push(name));
    await eventually(() => server.tokens.length === 2);
    expect(server.tokens).to.deep.equal(made);
    expect(server.requests.filter(({ name }) => name === 'authenticate').length).to.equal(1);
    expect(states).to.deep.equal([]);
    expect(server.connections).to.equal(1);
    server.channel('standup').say('bob', 'still there?');
    await eventually(() => alice.texts().includes('still there?'));
  });

  it('R20: connects anew when somebody else has signed in', async () => {
    let user = 'alice';
    const getToken = () => fakeToken(user, { exp: (Date.now() + (user === 'alice' ? 3_000 : 3_600_000)) / 1000 });
    const alice = visit(server, 'alice', { getToken });
    await alice.live();
    user = 'bob';
    await until(alice.client.connection.user, (name) => name === 'bob');
    await alice.live();
    expect(server.requests.some(({ name }) => name === 'authenticate')).to.equal(false);
  });

  it('R15: does not come back under an expired token, and does under the next', async () => {
    let token = fakeToken('alice', { n: 1 });
    const alice = visit(server, 'alice', { getToken: () => token });
    await alice.live();
    server.bye({ code: 'expired', reason: 'The token has expired.' });
    await until(alice.client.connection.state, (value) => value.name === 'unauthorized' && value.reason === 'expired');
    expect(server.tokens.length).to.equal(1);
    token = fakeToken('alice', { n: 2 });
    await alice.live();
    expect(server.tokens.length).to.equal(2);
  });

  it('R15: stays away after it was removed, until the user comes back', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    server.bye({ code: 'removed', reason: 'You were removed.' });
    await until(alice.client.connection.state, ({ name }) => name === 'removed');
    alice.client.connection.retry();
    await alice.live();
  });

  it('R15: comes back for another channel after it was removed from the only one', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    server.bye({ code: 'removed', reason: 'You were removed.' });
    await until(alice.client.connection.state, ({ name }) => name === 'removed');
    const retro = alice.client.join('retro');
    await until(retro.state, ({ phase }) => phase.name === 'live');
    alice.client.close();
  });

  it('R15: comes back after a restart, no sooner than it was asked to', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    const before = Date.now();
    server.bye({ code: 'shutdown', reason: 'The server is restarting.', retryAfterMs: 60_000 });
    const state = await until(alice.client.connection.state, ({ name }) => name === 'waiting');
    expect(state.name === 'waiting' && state.until).to.be.at.least(before + 60_000);
    alice.client.connection.retry();
    await alice.live();
  });

  it('tries at once when the network or the reader is back', async () => {
    const page = quietPage();
    const alice = visit(server, 'alice', { page });
    await alice.live();
    server.bye({ code: 'moved', reason: 'Another instance takes over.', retryAfterMs: 60_000 });
    await until(alice.client.connection.state, ({ name }) => name === 'waiting');
    page.happen('awake');
    await alice.live();
  });

  it('is given up when it looks open and does not answer', async () => {
    const page = quietPage();
    const alice = visit(server, 'alice', { page });
    await alice.live();
    let beats = 0;
    server.fate = ({ name }) => {
      if (name !== 'heartbeat') return 'ok';
      beats += 1;
      return 'deaf';
    };
    page.happen('awake');
    await eventually(() => beats === 1);
    server.timeOut();
    await until(alice.client.connection.state, ({ name }) => name === 'waiting');
    server.fate = () => 'ok';
    await alice.live();
  });

  it('ends with the page, and is there again with it', async () => {
    const page = quietPage();
    const alice = visit(server, 'alice', { page });
    await alice.live();
    page.happen('gone');
    expect(server.connections).to.equal(0);
    page.happen('back');
    await alice.live();
    expect(server.connections).to.equal(1);
  });

  it('leaves nothing open when it is closed', async () => {
    const alice = visit(server, 'alice');
    await alice.live();
    alice.client.close();
    expect(server.connections).to.equal(0);
    expect(alice.client.connection.state.value).to.deep.equal({ name: 'closed' });
  });
});
