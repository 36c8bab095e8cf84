/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from '../testing/fake-server.ts';
import { eventually, until } from '../testing/until.ts';
import { leaveAll, visit } from '../testing/visit.ts';
import type { ChannelState } from './channel-state.ts';
import { hasFailed } from './outbox-item.ts';
import { memoryOutbox, type OutboxAddress } from './outbox-storage.ts';

describe('what the last page left in its outbox', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(leaveAll);

  it('R21: is found by the next one, and sent in order', async () => {
    const storage = memoryOutbox();
    const before = visit(server, 'alice', { storage });
    await before.live();
    server.handshake = 'down';
    server.drop();
    await until(before.client.connection.state, ({ name }) => name === 'waiting');
    before.session.send({ text: 'one' });
    before.session.send({ text: 'two' });
    await eventually(() => before.texts().length === 2);
    before.client.close();

    const after = visit(server, 'alice', { storage });
    await until(after.session.state, ({ outbox }) => outbox.length === 2);
    server.handshake = 'ok';
    await until(after.session.state, ({ outbox, log }) => outbox.length === 0 && log?.head === 2);
    expect(after.texts()).to.deep.equal(['one', 'two']);
  });

  it('is asked about again where it was held, though it is found only after the connection', async () => {
    const storage = memoryOutbox();
    const before = visit(server, 'alice', { storage });
    await before.live();
    server.fate = ({ name }) => (name === 'send' ? { code: 'conflict', message: 'held' } : 'ok');
    before.session.send({ text: 'one' });
    const isRefusedBy = (code: string) => (state: ChannelState) =>
      state.outbox.some((item) => hasFailed(item) && item.state.code === code);
    await until(before.session.state, isRefusedBy('conflict'));
    before.client.close();

    server.fate = ({ name }) => (name === 'send' ? { code: 'invalid', message: 'refused' } : 'ok');
    let find = () => {};
    const found = new Promise<void>((resolve) => {
      find = resolve;
    });
    const slow = { ...storage, load: (address: OutboxAddress) => found.then(() => storage.load(address)) };
    const after = visit(server, 'alice', { storage: slow });
    await after.live();
    find();
    await until(after.session.state, isRefusedBy('invalid'));
  });

  it('R3: becomes one message each, though two tabs find it', async () => {
    const storage = memoryOutbox();
    server.handshake = 'down';
    const gone = visit(server, 'alice', { storage });
    await until(gone.session.state, ({ me }) => me === 'alice');
    gone.session.send({ text: 'one' });
    gone.session.send({ text: 'two' });
    gone.client.close();
    server.handshake = 'ok';
    const tabs = [visit(server, 'alice', { storage }), visit(server, 'alice', { storage })];
    await eventually(() => tabs.every((tab) => tab.texts().join() === 'one,two'));
    expect(server.channel('standup').messages.map(({ text }) => text)).to.deep.equal(['one', 'two']);
  });
});
