/// <reference types="mocha" />
import { expect } from 'chai';
import { findings } from './testing/axe.ts';
import { fakeRoutes } from './testing/fake-routes.ts';
import { FakeServer } from './testing/fake-server.ts';
import { choose, hideAll, partOf, parts, settled, show, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('axe finds nothing', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  for (const theme of ['light', 'dark']) {
    it(`in a conversation with all its states, ${theme}`, async () => {
      server.channel('standup').organizers.add('bob');
      for (const name of ['bob', 'carol', 'dan', 'erin', 'frank', 'grace', 'heidi', 'ivan']) {
        server.channel('standup').say(name, `https://example.com and more from ${name}`);
      }
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'message');
      await type(alice, 'sent');
      server.fate = ({ payload }) =>
        payload.text === 'failed' ? { code: 'forbidden', message: 'no' } : payload.text === 'sending' ? 'deaf' : 'ok';
      await type(alice, 'failed');
      await type(alice, 'sending');
      await partOf(alice, 'retry');
      await partOf(alice, 'link');
      expect(await findings(alice)).to.deep.equal([]);
      server.bye({ code: 'shutdown', reason: 'The server is restarting.', retryAfterMs: 60_000 });
      await partOf(alice, 'banner-action');
      expect(await findings(alice)).to.deep.equal([]);
    });

    it(`in an empty channel, with a text that is too long, ${theme}`, async () => {
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'empty');
      await type(alice, 'ü'.repeat(6_000));
      expect(parts(alice, 'error')[0]?.textContent).to.equal('Too long by 1,000 characters');
      expect(parts(alice, 'message').length).to.equal(0);
      expect(await findings(alice)).to.deep.equal([]);
    });

    it(`in a message's menu, with a reply, a reaction and a quote, ${theme}`, async () => {
      const channel = server.channel('standup');
      channel.say('bob', 'hello');
      channel.say('bob', 'an answer', undefined, { replyTo: 1, reactions: { '👍': ['alice', 'bob'], '🎉': ['bob'] } });
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'quote');
      parts(alice, 'message-actions')[0]?.click();
      await partOf(alice, 'menu');
      expect(await findings(alice)).to.deep.equal([]);
      for (const step of ['emoji', 'reply']) {
        await choose(alice, step);
        await settled(alice);
        expect(await findings(alice)).to.deep.equal([]);
        if (step === 'emoji') {
          parts(alice, 'message-actions')[0]?.click();
          await settled(alice);
          parts(alice, 'message-actions')[0]?.click();
          await settled(alice);
        }
      }
      await partOf(alice, 'purpose');
    });

    it(`in the settings, ${theme}`, async () => {
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'empty');
      parts(alice, 'open-settings')[0]?.click();
      await partOf(alice, 'settings');
      expect(await findings(alice)).to.deep.equal([]);
    });

    it(`with mentions, and people offered for one, ${theme}`, async () => {
      const channel = server.channel('standup');
      channel.members.bob = { name: 'Bob', role: 'participant', state: 'online' };
      channel.say('bob', '@Alice and @Bob', undefined, { mentions: ['alice', 'bob'] });
      channel.say('alice', '@Alice and @Bob', 'k', { mentions: ['alice', 'bob'] });
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'mention-me');
      await type(alice, '@', false);
      await partOf(alice, 'people');
      expect(await findings(alice)).to.deep.equal([]);
    });

    it(`where a message is held, one is too fast, and the next is almost too long, ${theme}`, async () => {
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'empty');
      server.fate = ({ payload }) => {
        if (payload.text === 'held') return { code: 'conflict', message: '' };
        return payload.text === 'fast' ? { code: 'rate_limited', message: '', retryAfterMs: 60_000 } : 'ok';
      };
      await type(alice, 'held');
      await partOf(alice, 'discard');
      await type(alice, 'fast');
      await eventually(() => parts(alice, 'failure').length === 2);
      await type(alice, 'x'.repeat(9_990), false);
      await partOf(alice, 'room');
      expect(await findings(alice)).to.deep.equal([]);
    });

    it(`in the search, ${theme}`, async () => {
      server.channel('standup').say('bob', 'hello');
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'message');
      parts(alice, 'open-search')[0]?.click();
      const field = await partOf(alice, 'search-input');
      if (field instanceof HTMLInputElement) field.value = 'hello';
      field.closest('form')?.requestSubmit();
      await partOf(alice, 'search-result');
      expect(await findings(alice)).to.deep.equal([]);
    });

    it(`in an organizer's list of members, ${theme}`, async () => {
      const channel = server.channel('standup');
      channel.organizers.add('alice');
      channel.members.bob = { name: 'Bob', role: 'participant', state: 'offline', lastSeen: Date.now(), muted: true };
      const alice = show(server, 'alice', { theme });
      await partOf(alice, 'empty');
      parts(alice, 'open-members')[0]?.click();
      await partOf(alice, 'member');
      expect(await findings(alice)).to.deep.equal([]);
    });

    it(`in the switcher and in a private conversation, ${theme}`, async () => {
      const routes = fakeRoutes(server);
      const direct = server.direct('bob', 'alice');
      direct.say('bob', 'a secret');
      direct.say('alice', 'kept');
      server.channel('standup').say('bob', 'hello');
      const alice = show(server, 'alice', { theme });
      (await partOf(alice, 'open-conversations')).click();
      await partOf(alice, 'conversation');
      expect(await findings(alice)).to.deep.equal([]);
      parts(alice, 'conversation')[1]?.click();
      await partOf(alice, 'recipient');
      await type(alice, 'more', false);
      expect(await findings(alice)).to.deep.equal([]);
      routes.end();
    });

    it(`at the launcher and in the floating panel, ${theme}`, async () => {
      const alice = show(server, 'alice', { theme, placement: 'floating' });
      await eventually(() => server.requests.some(({ name }) => name === 'join'));
      server.channel('standup').say('bob', 'hello');
      await partOf(alice, 'badge');
      expect(await findings(alice)).to.deep.equal([]);
      alice.opened = true;
      await partOf(alice, 'message');
      expect(await findings(alice)).to.deep.equal([]);
    });
  }
});
