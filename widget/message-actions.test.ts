/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import {
  choose,
  hideAll,
  input,
  part,
  partOf,
  parts,
  press,
  pressInSafari,
  settled,
  show,
  type TestChat,
  textsOf,
  type,
} from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('what one does with a message', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  const focused = (chat: TestChat) => chat.shadowRoot?.activeElement as HTMLElement | null;
  const message = (chat: TestChat, seq: number) => {
    const found = parts(chat, 'message').find(({ dataset }) => dataset.seq === String(seq));
    if (!found) throw new Error(`no message ${seq}`);
    return found;
  };

  async function openMenu(chat: TestChat, seq: number): Promise<string[]> {
    message(chat, seq).focus();
    press(message(chat, seq), 'Enter');
    await partOf(chat, 'menu');
    return parts(chat, 'menu-item').map(({ dataset }) => dataset.name ?? '');
  }

  async function chooseAt(chat: TestChat, seq: number, name: string): Promise<void> {
    await openMenu(chat, seq);
    await choose(chat, name);
    await chat.updateComplete;
  }

  async function threeMessages(user = 'alice'): Promise<TestChat> {
    const channel = server.channel('standup');
    channel.say('bob', 'one');
    channel.say('alice', 'two');
    channel.say('bob', 'three');
    const chat = show(server, user);
    await eventually(() => parts(chat, 'message').length === 3);
    return chat;
  }

  it('the list is one stop of the Tab key; arrow keys, Home and End go through it', async () => {
    const alice = await threeMessages();
    const stops = () =>
      [...alice.renderRoot.querySelectorAll<HTMLElement>('.list, .list [tabindex]')].filter(
        ({ tabIndex }) => tabIndex === 0,
      );
    expect(stops()).to.deep.equal([part(alice, 'list')]);
    part(alice, 'list').focus();
    const reached = ['ArrowUp', 'ArrowUp', 'ArrowDown', 'Home', 'ArrowUp', 'End', 'ArrowDown'].map((key) => {
      press(focused(alice) ?? alice, key);
      return focused(alice)?.dataset.seq;
    });
    expect(reached).to.deep.equal(['3', '2', '3', '1', '1', '3', '3']);
    expect(stops()).to.deep.equal([message(alice, 3)]);
  });

  it('Enter on a message opens its menu, the arrow keys go through it, and Escape leads back', async () => {
    const alice = await threeMessages();
    expect(await openMenu(alice, 2)).to.deep.equal(['emoji', 'reply', 'edit', 'copy', 'delete']);
    await eventually(() => focused(alice) === parts(alice, 'menu-emoji')[0]);
    press(part(alice, 'menu-emoji'), 'End');
    expect(focused(alice)?.dataset.name).to.equal('delete');
    press(part(alice, 'menu'), 'Escape');
    await eventually(() => parts(alice, 'menu').length === 0 && focused(alice) === message(alice, 2));
  });

  it('others’ messages can be answered and copied; an organizer deletes any', async () => {
    const alice = await threeMessages();
    const items = () => parts(alice, 'menu-item').map(({ dataset }) => dataset.name);
    await openMenu(alice, 1);
    // Writing in private comes with the code of the conversations.
    await eventually(() => items().join() === 'emoji,reply,privately,copy');
    await hideAll();
    server.channel('standup').organizers.add('olga');
    const olga = show(server, 'olga');
    await eventually(() => parts(olga, 'message').length === 3);
    expect(await openMenu(olga, 1)).to.include('delete');
  });

  it('the menu stays where it is while messages come: under a pointer no item may become another', async () => {
    const say = (i: number) => server.channel('standup').say('bob', `number ${i}`);
    for (let i = 1; i <= 30; i += 1) say(i);
    const alice = show(server, 'alice');
    // So high that the menu finds room on either side of its message.
    if (alice.parentElement) alice.parentElement.style.height = '900px';
    await eventually(() => textsOf(alice).includes('number 30'));
    await settled(alice);
    await openMenu(alice, 29);
    await settled(alice);
    const { top } = part(alice, 'menu').getBoundingClientRect();
    for (let i = 31; i <= 33; i += 1) {
      say(i);
      await eventually(() => textsOf(alice).includes(`number ${i}`));
      await settled(alice);
    }
    expect(part(alice, 'menu').getBoundingClientRect().top).to.equal(top);
  });

  it('the menu stays in sight when the room for it gets less, as by a keyboard on the screen', async () => {
    const alice = await threeMessages();
    await openMenu(alice, 3);
    const isInSight = () => {
      const [menu, list] = ['menu', 'list'].map((name) => part(alice, name).getBoundingClientRect());
      return menu !== undefined && list !== undefined && menu.top >= list.top && menu.bottom <= list.bottom;
    };
    await eventually(isInSight);
    if (alice.parentElement) alice.parentElement.style.height = '350px';
    await eventually(() => part(alice, 'list').clientHeight < 300 && isInSight());
  });

  it('the arrow up in an empty composer edits what one wrote last; Escape leaves it as it was', async () => {
    const alice = await threeMessages();
    press(input(alice), 'ArrowUp');
    await partOf(alice, 'purpose');
    expect(input(alice).value).to.equal('two');
    press(input(alice), 'Escape');
    await eventually(() => parts(alice, 'purpose').length === 0);
    expect(input(alice).value).to.equal('');
    press(input(alice), 'ArrowUp');
    await partOf(alice, 'purpose');
    await type(alice, 'two and a half');
    await eventually(() => textsOf(alice)[1]?.startsWith('two and a half') === true);
    expect(parts(alice, 'edited').length).to.equal(1);
    expect(server.sentTexts).to.deep.equal([]);
  });

  it('an edit puts aside what was being written, and brings it back', async () => {
    const alice = await threeMessages();
    await type(alice, 'half a thought', false);
    await chooseAt(alice, 2, 'edit');
    await type(alice, 'changed');
    await eventually(() => input(alice).value === 'half a thought');
  });

  it('a reply shows what it answers, and leads there', async () => {
    const alice = await threeMessages();
    await chooseAt(alice, 1, 'reply');
    expect((await partOf(alice, 'purpose')).textContent).to.contain('Replying to Bob');
    await eventually(() => focused(alice) === input(alice));
    await type(alice, 'yes');
    const quote = await partOf(alice, 'quote');
    expect(quote.textContent?.replaceAll(/\s+/g, ' ')).to.contain('Bob one');
    await eventually(() => server.channel('standup').messages.at(-1)?.replyTo === 1);
    expect(parts(alice, 'purpose').length).to.equal(0);
    part(alice, 'quote').click();
    await eventually(() => focused(alice) === message(alice, 1));
  });

  it('the menu of a reply leads to what it answers, as its quote does', async () => {
    const alice = await threeMessages();
    server.channel('standup').say('bob', 'yes', undefined, { replyTo: 2 });
    await partOf(alice, 'quote');
    await chooseAt(alice, 4, 'answered');
    await eventually(() => focused(alice) === message(alice, 2));
    expect(await openMenu(alice, 2)).not.to.include('answered');
  });

  it('jumps to a message that is not in the window', async () => {
    for (let i = 1; i <= 120; i += 1) server.channel('standup').say('bob', `message ${i}`);
    server.channel('standup').say('bob', 'the answer', undefined, { replyTo: 5 });
    const alice = show(server, 'alice');
    (await partOf(alice, 'quote')).click();
    await eventually(() => focused(alice)?.dataset.seq === '5');
    const list = part(alice, 'list').getBoundingClientRect();
    const row = message(alice, 5).getBoundingClientRect();
    expect(row.top >= list.top && row.bottom <= list.bottom).to.equal(true);
    expect(await alice.jumpTo(9_999)).to.equal(false);
  });

  it('a delete is confirmed where a press takes the focus to what is around it: in Safari, on a part of the page that can have it', async () => {
    const alice = await threeMessages();
    if (alice.parentElement) alice.parentElement.tabIndex = -1;
    await chooseAt(alice, 2, 'delete');
    await pressInSafari(alice, await partOf(alice, 'confirm-delete'));
    await eventually(() => textsOf(alice)[1] === 'This message was deleted.');
  });

  it('a delete is asked for once more, and the focus goes on to the next message', async () => {
    const alice = await threeMessages();
    await chooseAt(alice, 2, 'delete');
    (await partOf(alice, 'confirm-delete')).click();
    await eventually(() => textsOf(alice)[1] === 'This message was deleted.');
    await eventually(() => focused(alice) === message(alice, 3));
  });

  it('reacts by the menu and by a press on a reaction, and takes it back', async () => {
    const alice = await threeMessages();
    await openMenu(alice, 1);
    part(alice, 'menu-emoji').click();
    const reaction = await partOf(alice, 'reaction');
    expect(reaction.getAttribute('aria-pressed')).to.equal('true');
    expect(reaction.getAttribute('aria-label')).to.equal('👍, 1 person: You');
    server.channel('standup').react({ channel: 'standup', seq: 1, emoji: '👍', on: true }, 'bob');
    await eventually(() => part(alice, 'reaction').textContent === '👍2');
    part(alice, 'reaction').click();
    await eventually(() => part(alice, 'reaction').textContent === '👍1');
    expect(part(alice, 'reaction').getAttribute('aria-pressed')).to.equal('false');
  });

  it('takes any emoji from the system’s picker, whole', async () => {
    const alice = await threeMessages();
    await chooseAt(alice, 1, 'emoji');
    const field = await partOf(alice, 'emoji-input');
    if (!(field instanceof HTMLInputElement)) throw new Error('no field');
    field.value = 'x';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.value = '👩🏽‍🚀';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await eventually(() => parts(alice, 'reaction').length === 1);
    expect(part(alice, 'reaction').textContent).to.equal('👩🏽‍🚀1');
  });

  it('what one has reacted with stands in the menu beside the quick ones, checked, and is taken back there', async () => {
    const alice = await threeMessages();
    for (const user of ['alice', 'bob']) {
      server.channel('standup').react({ channel: 'standup', seq: 1, emoji: '🦊', on: true }, user);
    }
    server.channel('standup').react({ channel: 'standup', seq: 1, emoji: '🐙', on: true }, 'bob');
    await eventually(() => parts(alice, 'reaction').length === 2);
    await openMenu(alice, 1);
    const own = parts(alice, 'menu-emoji').slice(6);
    expect(own.map((item) => [item.textContent, item.ariaChecked])).to.deep.equal([['🦊', 'true']]);
    own[0]?.click();
    const counts = () =>
      parts(alice, 'reaction').map(({ textContent, ariaPressed }) => `${textContent} ${ariaPressed}`);
    await eventually(() => counts().includes('🦊1 false'));
  });

  it('an emoji of one’s own that is given once more is taken back', async () => {
    const alice = await threeMessages();
    server.channel('standup').react({ channel: 'standup', seq: 1, emoji: '🦊', on: true }, 'alice');
    await partOf(alice, 'reaction');
    await chooseAt(alice, 1, 'emoji');
    const field = await partOf(alice, 'emoji-input');
    if (!(field instanceof HTMLInputElement)) throw new Error('no field');
    field.value = '🦊';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await eventually(() => parts(alice, 'reaction').length === 0);
  });

  it('of the emoji that an input method offers the one that was chosen is given', async () => {
    const alice = await threeMessages();
    await chooseAt(alice, 1, 'emoji');
    const field = await partOf(alice, 'emoji-input');
    if (!(field instanceof HTMLInputElement)) throw new Error('no field');
    for (const offered of ['🦊', '🐙']) {
      field.value = offered;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    }
    press(field, 'Escape', { isComposing: true });
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    const reaction = await partOf(alice, 'reaction');
    expect(reaction.textContent).to.equal('🐙1');
    expect(parts(alice, 'reaction').length).to.equal(1);
  });

  it('says why a change was not made', async () => {
    const alice = await threeMessages();
    server.fate = ({ name }) => (name === 'react' ? { code: 'rate_limited', message: 'wait' } : 'ok');
    await openMenu(alice, 1);
    part(alice, 'menu-emoji').click();
    expect((await partOf(alice, 'notice')).textContent).to.equal('Too fast. Wait a moment and try again.');
  });
});
