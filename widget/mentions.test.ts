/// <reference types="mocha" />
import { expect } from 'chai';
import type { Member } from '../protocol/entities.ts';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, input, part, partOf, parts, press, settled, show, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('mentions', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    const person = (name: string, state: Member['state'] = 'online'): Member => ({ name, role: 'participant', state });
    Object.assign(server.channel('standup').members, {
      bob: person('Bob'),
      'bob-2': person('Bob Smith', 'offline'),
      carol: person('Carol (guest)'),
      dan: person('Dan'),
      'dan-2': person('Dan'),
      lei: person('李雷'),
    });
  });
  afterEach(hideAll);

  async function open(): Promise<TestChat> {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    return alice;
  }

  /** Writes as a person does, key by key. */
  async function write(chat: TestChat, text: string): Promise<void> {
    const area = input(chat);
    area.focus();
    for (const character of text) {
      area.setRangeText(character, area.selectionStart, area.selectionEnd, 'end');
      area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await chat.updateComplete;
    }
  }
  const offered = (chat: TestChat) => parts(chat, 'person').map(({ dataset }) => dataset.user);
  const active = (chat: TestChat) => {
    const id = input(chat).getAttribute('aria-activedescendant');
    return id === null ? undefined : chat.shadowRoot?.getElementById(id)?.dataset.user;
  };

  describe('while one writes', () => {
    it('an @ offers the members, those who are there first, and letters narrow them down', async () => {
      const alice = await open();
      await write(alice, 'hello @');
      await partOf(alice, 'people');
      expect(offered(alice)).to.deep.equal(['bob', 'carol', 'dan', 'dan-2', 'lei', 'bob-2']);
      await write(alice, 'b');
      await eventually(() => offered(alice).join() === 'bob,bob-2');
      await write(alice, 'ob s');
      await eventually(() => offered(alice).join() === 'bob-2');
      await write(alice, 'x');
      await eventually(() => parts(alice, 'people').length === 0);
    });

    it('the arrow keys go round, Enter takes, and only the next Enter sends', async () => {
      const alice = await open();
      await write(alice, 'hello @bo');
      await partOf(alice, 'people');
      expect(active(alice)).to.equal('bob');
      for (const [key, user] of [
        ['ArrowDown', 'bob-2'],
        ['ArrowDown', 'bob'],
        ['ArrowUp', 'bob-2'],
      ] as const) {
        expect(press(input(alice), key)).to.equal(false);
        await eventually(() => active(alice) === user);
      }
      press(input(alice), 'Enter');
      await eventually(() => parts(alice, 'people').length === 0);
      expect(input(alice).value).to.equal('hello @Bob Smith ');
      expect(input(alice).selectionStart).to.equal('hello @Bob Smith '.length);
      expect(server.sentTexts).to.deep.equal([]);
      press(input(alice), 'Enter');
      await eventually(() => server.sentTexts.length === 1);
      expect(server.sentTexts).to.deep.equal(['hello @Bob Smith']);
    });

    it('who was chosen is not asked for again, though another name begins like it', async () => {
      const alice = await open();
      await write(alice, '@bo');
      await partOf(alice, 'people');
      press(input(alice), 'Tab');
      await eventually(() => input(alice).value === '@Bob ');
      await settled(alice);
      expect(parts(alice, 'people').length).to.equal(0);
      expect(alice.shadowRoot?.activeElement).to.equal(input(alice));
      await write(alice, 'and @ca');
      await partOf(alice, 'people');
      part(alice, 'person').click();
      await eventually(() => input(alice).value === '@Bob and @Carol (guest) ');
    });

    it('who was chosen can be undone, and what was written before them', async () => {
      const alice = await open();
      input(alice).focus();
      document.execCommand('insertText', false, 'hello @bo');
      await partOf(alice, 'people');
      press(input(alice), 'Enter');
      expect(input(alice).value).to.equal('hello @Bob ');
      document.execCommand('undo');
      expect(input(alice).value).to.equal('hello @bo');
      document.execCommand('undo');
      expect(input(alice).value).to.equal('');
    });

    it('the keys of an input method’s composition choose nobody', async () => {
      const alice = await open();
      await write(alice, '@李');
      await partOf(alice, 'people');
      press(input(alice), 'Enter', { isComposing: true });
      press(input(alice), 'Enter', { keyCode: 229 });
      expect(input(alice).value).to.equal('@李');
    });

    it('of several with one name each is called by id, so that only they are meant', async () => {
      const alice = await open();
      await write(alice, '@dan');
      await partOf(alice, 'people');
      press(input(alice), 'ArrowDown');
      press(input(alice), 'Enter');
      expect(input(alice).value).to.equal('@dan-2 ');
    });

    it('Escape puts the list away until another @, and closes nothing else', async () => {
      const alice = show(server, 'alice', { placement: 'floating', open: '' });
      await partOf(alice, 'empty');
      await write(alice, '@b');
      await partOf(alice, 'people');
      let heard = 0;
      const listener = () => {
        heard += 1;
      };
      document.addEventListener('keydown', listener);
      press(input(alice), 'Escape');
      await eventually(() => parts(alice, 'people').length === 0);
      await write(alice, 'o');
      await settled(alice);
      document.removeEventListener('keydown', listener);
      expect(parts(alice, 'people').length).to.equal(0);
      expect(alice.opened).to.equal(true);
      expect(heard).to.equal(0);
      await write(alice, ' or @');
      await partOf(alice, 'people');
    });

    it('an address is no mention, and without a member there is no list', async () => {
      const alice = await open();
      await write(alice, 'mail @');
      await partOf(alice, 'people');
      for (const text of ['mail bob@', '@ b', '@nobody']) {
        input(alice).value = '';
        await write(alice, text);
        await settled(alice);
        expect(parts(alice, 'people').length, text).to.equal(0);
      }
    });

    it('the input says which one it is about, for those who do not see the list', async () => {
      const alice = await open();
      await write(alice, '@');
      const people = await partOf(alice, 'people');
      expect(input(alice).getAttribute('aria-controls')).to.equal(people.id);
      expect(people.getAttribute('role')).to.equal('listbox');
      expect(people.getAttribute('aria-label')).to.equal('People to mention');
      expect(parts(alice, 'person').map((person) => person.getAttribute('aria-selected'))).to.deep.equal([
        'true',
        ...Array(5).fill('false'),
      ]);
      for (const person of parts(alice, 'person')) {
        expect(person.getBoundingClientRect().height).to.be.at.least(24);
      }
      input(alice).blur();
      await eventually(() => parts(alice, 'people').length === 0);
      expect(input(alice).hasAttribute('aria-activedescendant')).to.equal(false);
    });
  });

  describe('in a message', () => {
    const marks = (chat: TestChat) => parts(chat, 'mention').map(({ textContent }) => textContent);

    it('are marked, the reader’s own more than the others; the text stays as it is', async () => {
      const text =
        'see https://example.com/@bob, @BOB and @carol (guest): @Alice, mail x@bob.example @bobby 请问@李雷，在吗';
      server.channel('standup').say('bob', text, undefined, { mentions: ['bob', 'carol', 'alice', 'lei'] });
      server.channel('standup').say('bob', 'no mention of @dan', undefined, {});
      const alice = show(server, 'alice');
      await partOf(alice, 'link');
      expect(marks(alice)).to.deep.equal(['@BOB', '@carol (guest)', '@Alice', '@李雷']);
      expect(part(alice, 'link').textContent).to.equal('https://example.com/@bob');
      expect(parts(alice, 'mention-me').map(({ textContent }) => textContent)).to.deep.equal(['@Alice']);
      expect(parts(alice, 'text').map(({ textContent }) => textContent)).to.deep.equal([text, 'no mention of @dan']);
      expect(parts(alice, 'message').map((row) => row.hasAttribute('data-mentions-me'))).to.deep.equal([true, false]);
    });

    it('names are no patterns, and no markup', async () => {
      Object.assign(server.channel('standup').members, {
        eve: { name: 'E.*(v|e)[<b>', role: 'participant', state: 'online' },
      });
      server.channel('standup').say('bob', 'Exxve @E.*(v|e)[<b> <b>x</b>', undefined, { mentions: ['eve'] });
      const alice = show(server, 'alice');
      await partOf(alice, 'mention');
      expect(marks(alice)).to.deep.equal(['@E.*(v|e)[<b>']);
      expect(alice.renderRoot.querySelector('b')).to.equal(null);
    });

    it('a mention that comes with an edit is marked as well', async () => {
      server.channel('standup').say('bob', 'hello');
      const alice = show(server, 'alice');
      await partOf(alice, 'message');
      server.channel('standup').change((seq) => ({
        seq,
        type: 'edit',
        target: 1,
        text: 'hello @alice',
        mentions: ['alice'],
        by: 'bob',
        at: Date.now(),
      }));
      await partOf(alice, 'mention-me');
    });
  });

  describe('of the reader', () => {
    it('are counted apart at the launcher, told to the page, and seen with the rest', async () => {
      const alice = show(server, 'alice', { placement: 'floating' });
      const counts: unknown[] = [];
      alice.addEventListener('mc-unread-change', ({ detail }) => counts.push(detail));
      await eventually(() => server.requests.some(({ name }) => name === 'join'));
      server.channel('standup').say('bob', 'hello');
      await partOf(alice, 'badge');
      server.channel('standup').say('bob', '@alice', undefined, { mentions: ['alice'] });
      await eventually(() => part(alice, 'badge').textContent === '@1');
      expect(part(alice, 'launcher').getAttribute('aria-label')).to.equal('Open chat, 2 unread messages, 1 mention');
      expect(alice.matches(':state(mentioned)')).to.equal(true);
      expect(counts.at(-1)).to.deep.equal({ unread: 2, mentions: 1 });
      part(alice, 'launcher').click();
      await eventually(() => !alice.matches(':state(mentioned)'));
      expect(counts.at(-1)).to.deep.equal({ unread: 0, mentions: 0 });
    });

    it('below what they read are told of at the button that leads there', async () => {
      for (let i = 1; i <= 60; i += 1) server.channel('standup').say('bob', `message ${i}`);
      const alice = show(server, 'alice');
      await partOf(alice, 'message');
      await settled(alice);
      await eventually(() => {
        // Again, where an update that came in between has kept the place at the end.
        part(alice, 'list').scrollTop = 300;
        return parts(alice, 'to-end').length > 0;
      });
      server.channel('standup').say('bob', '@alice', undefined, { mentions: ['alice'] });
      server.channel('standup').say('bob', 'and hello');
      await eventually(() => parts(alice, 'new-messages')[0]?.textContent?.trim() === '2 new messages, 1 mention');
      await settled(alice);
      part(alice, 'new-messages').click();
      await eventually(() => parts(alice, 'new-messages').length === 0);
    });

    it('that came while the reader was away are counted when they come', async () => {
      server.channel('standup').receipts.alice = { delivered: 1, read: 1 };
      server.channel('standup').say('bob', '@alice', undefined, { mentions: ['alice'] });
      server.channel('standup').say('bob', '@alice', undefined, { mentions: ['alice'] });
      const alice = show(server, 'alice', { placement: 'floating' });
      expect((await partOf(alice, 'badge')).textContent).to.equal('@1');
    });
  });
});
