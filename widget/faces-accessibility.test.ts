/// <reference types="mocha" />
import { expect } from 'chai';
import { findings } from './testing/axe.ts';
import { FakeServer } from './testing/fake-server.ts';
import { fakeToken } from './testing/fake-token.ts';
import { choose, hideAll, part, partOf, parts, settled, show, type TestChat, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

type Scene = { server: FakeServer; alice: TestChat };

const bannerIs = (alice: TestChat, name: string) => eventually(() => parts(alice, 'banner')[0]?.dataset.name === name);

async function become(state: 'closed' | 'ended', { server, alice }: Scene): Promise<void> {
  server.set('standup', { state });
  await partOf(alice, 'closed');
}

async function failing(code: 'forbidden' | 'rate_limited', { server, alice }: Scene): Promise<void> {
  server.fate = ({ name }) => (name === 'send' ? { code, message: '', retryAfterMs: 60_000 } : 'ok');
  await type(alice, 'does not go');
  await partOf(alice, 'failure');
}

/** Each from a conversation of two messages. */
const faces: { readonly [name: string]: (scene: Scene) => Promise<unknown> } = {
  offline: async ({ server, alice }) => {
    server.bye({ code: 'shutdown', reason: '', retryAfterMs: 60_000 });
    await bannerIs(alice, 'waiting');
    await type(alice, 'written meanwhile');
  },
  resuming: async ({ server, alice }) => {
    server.fate = ({ name }) => (name === 'join' ? 'deaf' : 'ok');
    server.bye({ code: 'moved', reason: '' });
    await bannerIs(alice, 'resuming');
  },
  closed: (scene) => become('closed', scene),
  ended: (scene) => become('ended', scene),
  muted: async ({ server, alice }) => {
    const members = { alice: { state: 'online', muted: true } } as const;
    server.tell('standup', { name: 'presence', data: { channel: 'standup', members } });
    await partOf(alice, 'closed');
  },
  removed: async ({ server, alice }) => {
    server.close('standup', 'removed');
    await bannerIs(alice, 'removed');
  },
  'with a token that has expired': async ({ server, alice }) => {
    server.bye({ code: 'expired', reason: '' });
    await bannerIs(alice, 'expired');
  },
  'with a text that is too long': ({ alice }) => type(alice, 'ü'.repeat(6_000), false),
  'with a message that waits because they were too fast': (scene) => failing('rate_limited', scene),
  'with a message that failed': (scene) => failing('forbidden', scene),
  'where somebody is writing': async ({ server, alice }) => {
    server.tell('standup', { name: 'typing', data: { channel: 'standup', user: 'bob', on: true } });
    await eventually(() => part(alice, 'typing').textContent !== '');
  },
  'before a message is deleted': async ({ alice }) => {
    parts(alice, 'message-actions')[1]?.click();
    await choose(alice, 'delete');
    await partOf(alice, 'confirm-delete');
  },
  'with new messages below, behind the divider': async ({ server, alice }) => {
    for (let i = 0; i < 40; i += 1) server.channel('standup').say('bob', `line ${i}`);
    await eventually(() => parts(alice, 'message').length === 42);
    await settled(alice);
    part(alice, 'list').scrollTop -= 300;
    await partOf(alice, 'to-end');
    server.channel('standup').say('bob', 'more');
    await partOf(alice, 'new-messages');
    await partOf(alice, 'unread');
  },
};

describe('axe finds nothing for a reader', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  for (const theme of ['light', 'dark']) {
    for (const [name, reach] of Object.entries(faces)) {
      it(`${name}, ${theme}`, async () => {
        server.channel('standup').say('bob', 'hello');
        server.channel('standup').say('alice', 'my own');
        const alice = show(server, 'alice', { theme });
        // One that is not read anew: when it has expired there is no other.
        const token = fakeToken('alice');
        alice.getToken = () => token;
        await eventually(() => parts(alice, 'message').length === 2);
        await reach({ server, alice });
        expect(await findings(alice)).to.deep.equal([]);
      });
    }

    it(`connecting, ${theme}`, async () => {
      server.fate = () => 'deaf';
      const alice = show(server, 'alice', { theme });
      await bannerIs(alice, 'connecting');
      expect(await findings(alice)).to.deep.equal([]);
    });
  }
});
