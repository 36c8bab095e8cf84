/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from '../testing/fake-server.ts';
import { hideAll, input, part, partOf, settled, show } from '../testing/test-chat.ts';
import { eventually } from '../testing/until.ts';
import { en } from './en.ts';
import { members } from './en-members.ts';
import { menu } from './en-menu.ts';
import { search } from './en-search.ts';
import { choose, fetchStrings, languages } from './languages.ts';

describe('languages', () => {
  it('there are sixteen', () => {
    expect([...languages].sort()).to.deep.equal(
      ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'tr', 'ru', 'ar', 'he', 'hi', 'ja', 'zh', 'ko'].sort(),
    );
  });

  // Against each other: a text that is new in English may stand in English for a while, but then in all of them.
  it('every language has the same texts, all of which English has too', async () => {
    const german = Object.keys((await fetchStrings('de')) ?? {}).sort();
    expect(Object.keys({ ...en, ...menu, ...members, ...search })).to.include.members(german);
    for (const language of languages.slice(1)) {
      const strings = (await fetchStrings(language)) ?? {};
      expect(Object.keys(strings).sort(), language).to.deep.equal(german);
      for (const text of Object.values(strings)) if (typeof text === 'string') expect(text.trim()).not.to.equal('');
    }
  });

  it('numbers and names reach every text that takes them', async () => {
    for (const language of languages.slice(1)) {
      const strings = await fetchStrings(language);
      expect(strings?.newMessages?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings?.unread?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings?.online?.(7, '7'), language).to.contain('7');
      expect(strings?.tooLong?.('7'), language).to.contain('7');
      expect(strings?.reconnectingIn?.('7 s'), language).to.contain('7 s');
      expect(strings?.said?.('Alice', 'hello'), language).to.match(/Alice.*hello/);
      expect(strings?.refused?.('closed'), language).not.to.equal(strings?.refused?.('conflict'));
      expect(strings?.failure?.('too_large'), language).not.to.equal(strings?.failure?.('conflict'));
    }
  });

  it('plurals follow each language', async () => {
    const counted = async (language: string, counts: number[]) => {
      const strings = await fetchStrings(language);
      return counts.map((count) => strings?.newMessages?.(count, String(count)));
    };
    expect(await counted('pl', [1, 2, 5, 22, 25])).to.deep.equal([
      '1 nowa wiadomość',
      '2 nowe wiadomości',
      '5 nowych wiadomości',
      '22 nowe wiadomości',
      '25 nowych wiadomości',
    ]);
    expect(await counted('ru', [1, 2, 5, 21])).to.deep.equal([
      '1 новое сообщение',
      '2 новых сообщения',
      '5 новых сообщений',
      '21 новое сообщение',
    ]);
    expect(await counted('ar', [1, 2, 3, 11, 100])).to.deep.equal([
      'رسالة جديدة واحدة',
      'رسالتان جديدتان',
      '3 رسائل جديدة',
      '11 رسالة جديدة',
      '100 رسالة جديدة',
    ]);
  });

  it('the first tag that there is a translation for is taken, with its region for dates', () => {
    expect(choose(['', 'sv', 'de-AT', 'fr'])).to.deep.equal({ language: 'de', locale: 'de-AT' });
    expect(choose(['pt_BR'])).to.deep.equal({ language: 'pt', locale: 'pt-BR' });
    expect(choose(['iw'])).to.deep.equal({ language: 'he', locale: 'he' });
    expect(choose(['no tag at all', 'sv'])).to.deep.equal({ language: 'en', locale: 'en' });
  });
});

describe('the language of <meeting-chat>', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(async () => {
    document.documentElement.lang = '';
    await hideAll();
  });

  it('its lang decides, and another one takes its place at once', async () => {
    const alice = show(server, 'alice', { lang: 'de' });
    await partOf(alice, 'input');
    await eventually(() => input(alice).placeholder === 'Nachricht schreiben');
    alice.setAttribute('lang', 'ja');
    await eventually(() => input(alice).placeholder === 'メッセージを入力');
    alice.lang = 'en';
    await eventually(() => input(alice).placeholder === 'Write a message');
  });

  it('without a lang it speaks the page’s, where there is a translation', async () => {
    document.documentElement.lang = 'fr-CA';
    const alice = show(server, 'alice', { lang: '' });
    await partOf(alice, 'input');
    await eventually(() => input(alice).placeholder === 'Écrire un message');
  });

  it('of two that are asked for in a row the last one stays', async () => {
    const alice = show(server, 'alice', { lang: 'tr' });
    await partOf(alice, 'input');
    alice.lang = 'ko';
    await alice.updateComplete;
    alice.lang = 'it';
    await eventually(() => input(alice).placeholder === 'Scrivi un messaggio');
    await settled(alice);
    expect(input(alice).placeholder).to.equal('Scrivi un messaggio');
  });

  for (const lang of ['ar', 'he']) {
    it(`${lang} is written from right to left: whose message it is, and the send button, change sides`, async () => {
      server.channel('standup').say('bob', 'hello');
      const alice = show(server, 'alice', { lang: 'en' });
      const avatar = await partOf(alice, 'avatar');
      const middle = ({ left, right }: DOMRect) => (left + right) / 2;
      const center = middle(alice.getBoundingClientRect());
      expect(middle(avatar.getBoundingClientRect())).to.be.lessThan(center);
      alice.lang = lang;
      await eventually(() => getComputedStyle(part(alice, 'list')).direction === 'rtl');
      expect(middle(part(alice, 'avatar').getBoundingClientRect())).to.be.greaterThan(center);
      expect(middle(part(alice, 'send').getBoundingClientRect())).to.be.lessThan(center);
      expect(part(alice, 'list').scrollWidth).to.equal(part(alice, 'list').clientWidth);
    });
  }

  it('launcher and panel stay on the page’s side, whatever the language', async () => {
    const alice = show(server, 'alice', { placement: 'floating', open: '', lang: 'ar' });
    await partOf(alice, 'panel');
    await eventually(() => getComputedStyle(part(alice, 'list')).direction === 'rtl');
    const { right } = part(alice, 'panel').getBoundingClientRect();
    expect(right).to.equal(part(alice, 'launcher').getBoundingClientRect().right);
  });
});
