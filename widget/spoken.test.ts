/// <reference types="mocha" />
/// <reference path="./testing/virtual-screen-reader.d.ts" />
import { virtual } from '@guidepup/virtual-screen-reader/browser.js';
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, part, partOf, parts, settled, show, type TestChat, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

/** What a screen reader says, word for word, in the order in which a person comes to it. */
describe('a screen reader says', () => {
  let server: FakeServer;
  const notify = Object.getOwnPropertyDescriptor(Element.prototype, 'ariaNotify');
  beforeEach(() => {
    server = new FakeServer();
    // The virtual one hears live regions only.
    Object.defineProperty(Element.prototype, 'ariaNotify', { configurable: true, value: undefined });
  });
  afterEach(async () => {
    await virtual.stop();
    await hideAll();
    if (notify) Object.defineProperty(Element.prototype, 'ariaNotify', notify);
    else Reflect.deleteProperty(Element.prototype, 'ariaNotify');
  });

  /** From the first thing in there to the last, without its ends and the times of day. */
  async function readThrough(chat: TestChat, selector: string): Promise<string[]> {
    await settled(chat);
    const container = chat.renderRoot.querySelector<HTMLElement>(selector);
    if (!container) throw new Error(`nothing like ${selector}`);
    await virtual.start({ container });
    const first = await virtual.lastSpokenPhrase();
    do await virtual.next();
    while ((await virtual.lastSpokenPhrase()) !== `end of ${first}`);
    const said = await virtual.spokenPhraseLog();
    return said
      .map((phrase) => phrase.replaceAll(/,? ?(\w+, \w+ \d+, \d+ at )?\d+:\d+\s[AP]M/g, ''))
      .filter((phrase) => phrase !== '' && !/^(end\b|time$)/.test(phrase));
  }

  it('of each message who wrote what, also below the first of a group, and what it answers', async () => {
    const channel = server.channel('standup');
    channel.organizers.add('bob');
    channel.say('bob', 'Hello');
    channel.say('bob', 'Is the plan ready?');
    channel.say('alice', 'Yes', undefined, { replyTo: 2, reactions: { '👍': ['alice', 'bob'] } });
    const alice = show(server, 'alice');
    await partOf(alice, 'quote');
    expect(await readThrough(alice, '[role="log"]')).to.deep.equal([
      'log, Messages',
      'separator, today, orientated horizontally, max value 100, min value 0',
      'article, Bob Organizer Hello',
      'Bob',
      'Organizer',
      'Hello',
      'button, Message actions, has popup menu',
      'article, Bob Organizer Is the plan ready?',
      'Bob',
      'Organizer',
      'Is the plan ready?',
      'button, Message actions, has popup menu',
      'article, You Yes, Bob Is the plan ready? 👍 2',
      'You',
      'button, Message actions, has popup menu',
      'image, Sent',
      'button, Bob Is the plan ready?',
      'Bob',
      'Is the plan ready?',
      'Yes',
      'button, 👍, 2 people: You, bob, You, bob, pressed',
      '👍',
      '2',
    ]);
  });

  it('of a message that was edited that it was, and of one that was not sent why, when one comes to it', async () => {
    server.channel('standup').say('alice', 'Hello', undefined, { editedAt: Date.now() });
    server.fate = ({ name }) => (name === 'send' ? { code: 'forbidden', message: 'no' } : 'ok');
    const alice = show(server, 'alice');
    await partOf(alice, 'edited');
    await type(alice, 'Anybody?');
    await partOf(alice, 'failure');
    const said = (await readThrough(alice, '[role="log"]')).filter((phrase) => phrase.startsWith('article'));
    expect(said).to.deep.equal([
      'article, You Hello, edited',
      'article, You Anybody?, Not sent. You may not write here.',
    ]);
  });

  it('in a panel that was opened, where one is and what there is', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    expect(await readThrough(alice, '.panel')).to.deep.equal([
      'region, standup',
      'heading, standup, level 2',
      'paragraph',
      '1 online',
      'button, Search messages, has popup dialog',
      'button, Members, has popup dialog',
      'button, Settings, has popup dialog',
      'log, Messages',
      'strong',
      'No messages yet',
      'What you write here is seen by everyone in this meeting.',
      'form',
      'textbox, Write a message, not invalid, placeholder Write a message',
      'button, Send, disabled',
    ]);
  });

  it('what there is to do with a message', async () => {
    server.channel('standup').say('bob', 'Hello');
    const alice = show(server, 'alice');
    (await partOf(alice, 'message-actions')).click();
    await partOf(alice, 'menu');
    // Writing in private comes with the code of the conversations.
    await eventually(() => parts(alice, 'menu-item').length === 4);
    expect(await readThrough(alice, '[role="menu"]')).to.deep.equal([
      'menu, Message actions, orientated vertically',
      'group, React',
      'menuitemcheckbox, 👍, not checked, position 1, set size 6',
      'menuitemcheckbox, ❤️, not checked, position 2, set size 6',
      'menuitemcheckbox, 😂, not checked, position 3, set size 6',
      'menuitemcheckbox, 🎉, not checked, position 4, set size 6',
      'menuitemcheckbox, 👏, not checked, position 5, set size 6',
      'menuitemcheckbox, 🤔, not checked, position 6, set size 6',
      'menuitem, Another emoji, position 1, set size 4',
      'menuitem, Reply, position 2, set size 4',
      'menuitem, Message privately, position 3, set size 4',
      'menuitem, Copy text, position 4, set size 4',
    ]);
  });

  it('who is there', async () => {
    const alice = show(server, 'alice');
    (await partOf(alice, 'open-members')).click();
    await partOf(alice, 'members');
    expect(await readThrough(alice, '[role="dialog"]')).to.deep.equal([
      'dialog, Members',
      'dialog, Members',
      'heading, Members, level 2',
      'button, Close the list of members',
      'paragraph',
      'standup',
      'list',
      'listitem, level 1, position 1, set size 1',
      'Alice',
      '(',
      'You',
      ')',
      'Online',
    ]);
  });

  it('how many came, once, while the user types, and leaves them where they type', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    await type(alice, 'I am wri', false);
    const container = alice.parentElement;
    if (!container) throw new Error('no box');
    await virtual.start({ container });
    await virtual.clearSpokenPhraseLog();
    for (let i = 1; i <= 10; i += 1) server.channel('standup').say(i % 2 ? 'bob' : 'carol', `message ${i}`);
    await eventually(() => parts(alice, 'message').length === 10);
    while ((await virtual.spokenPhraseLog()).length === 0) await new Promise((again) => setTimeout(again));
    expect(await virtual.spokenPhraseLog()).to.deep.equal(['polite: 10 new messages']);
    expect(alice.shadowRoot?.activeElement).to.equal(part(alice, 'input'));
  });
});
