/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from '../testing/fake-server.ts';
import { hideAll, input, part, partOf, settled, show } from '../testing/test-chat.ts';
import { eventually } from '../testing/until.ts';
import { chat } from './chat/en.ts';
import { translations as inChat } from './chat/translations.ts';
import { conversations } from './conversations/en.ts';
import { translations as inConversations } from './conversations/translations.ts';
import { held } from './held/en.ts';
import { translations as inHeld } from './held/translations.ts';
import { choose, fetchPart, languages } from './languages.ts';
import { members } from './members/en.ts';
import { translations as inMembers } from './members/translations.ts';
import { mention } from './mention/en.ts';
import { translations as inMention } from './mention/translations.ts';
import { menu } from './menu/en.ts';
import { translations as inMenu } from './menu/translations.ts';
import { search } from './search/en.ts';
import { translations as inSearch } from './search/translations.ts';
import { settings } from './settings/en.ts';
import { translations as inSettings } from './settings/translations.ts';
import type { AllStrings, Translations } from './texts.ts';

// A part that is left out here fails the check of types.
const english: AllStrings = {
  ...chat,
  ...menu,
  ...members,
  ...search,
  ...settings,
  ...mention,
  ...conversations,
  ...held,
};
const parts: readonly [texts: Partial<AllStrings>, translations: Translations<Partial<AllStrings>>][] = [
  [chat, inChat],
  [menu, inMenu],
  [members, inMembers],
  [search, inSearch],
  [settings, inSettings],
  [mention, inMention],
  [conversations, inConversations],
  [held, inHeld],
];
/** What a translation may well write as English does. */
const alike = /^(Chat|Messages|Online|Offline|Normal|Notifications)$/;

async function allIn(language: string): Promise<Partial<AllStrings>> {
  const fetched = await Promise.all(parts.map(([, translations]) => fetchPart(translations, language)));
  return Object.assign({}, ...fetched);
}

describe('languages', () => {
  it('there are sixteen', () => {
    expect([...languages].sort()).to.deep.equal(
      ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'tr', 'ru', 'ar', 'he', 'hi', 'ja', 'zh', 'ko'].sort(),
    );
  });

  for (const language of languages.slice(1)) {
    it(`${language} has every text of every part, and none that is English still`, async () => {
      for (const [texts, translations] of parts) {
        const own = (await fetchPart(translations, language)) ?? {};
        expect(Object.keys(own).sort()).to.deep.equal(Object.keys(texts).sort());
      }
      for (const [name, text] of Object.entries(await allIn(language))) {
        const original = Reflect.get(english, name);
        expect(typeof text, name).to.equal(typeof original);
        if (typeof text !== 'string') continue;
        expect(text.trim(), name).not.to.equal('');
        if (!alike.test(text)) expect(text, name).not.to.equal(original);
      }
    });
  }

  it('numbers and names reach every text that takes them', async () => {
    for (const language of languages.slice(1)) {
      const strings = await allIn(language);
      expect(strings.newMessages?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings.unread?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings.readBy?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings.found?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings.online?.(7, '7'), language).to.contain('7');
      expect(strings.tooLong?.('7'), language).to.contain('7');
      expect(strings.reconnectingIn?.('7 s'), language).to.contain('7 s');
      expect(strings.typing?.(1, 'Alice'), language).to.contain('Alice');
      expect(strings.typing?.(5, ''), language).not.to.equal(strings.typing?.(5, 'Alice'));
      expect(strings.replyingTo?.('Alice'), language).to.contain('Alice');
      expect(strings.reacted?.('👍', 1234, '1 234', 'Alice'), language).to.match(/👍.*1 234.*Alice/);
      expect(strings.lastSeen?.('10:15'), language).to.contain('10:15');
      for (const text of [strings.writeTo, strings.privatelyTo, strings.onlyBoth, strings.notTaken]) {
        expect(text?.('Alice'), language).to.contain('Alice');
      }
      for (const text of [strings.writeIn, strings.conversationOver]) {
        expect(text?.('Team'), language).to.contain('Team');
      }
      expect(strings.saidPrivately?.('Alice', 'hello'), language).to.match(/Alice.*hello/);
      expect(strings.saidIn?.('Team', 'Alice', 'hello'), language).to.match(/(Alice.*Team|Team.*Alice).*hello/);
      expect(strings.said?.('Alice', 'hello'), language).to.match(/Alice.*hello/);
      expect(strings.mentionsYou?.('Alice', 'hello'), language).to.match(/Alice.*hello/);
      expect(strings.mentions?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings.suggested?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings.waiting?.(1234, '1 234'), language).to.contain('1 234');
      expect(strings.slowed?.('7 s'), language).to.contain('7 s');
      expect(strings.left?.(7, '7'), language).to.contain('7');
      expect(strings.refused?.('closed'), language).not.to.equal(strings.refused?.('conflict'));
      expect(strings.failure?.('too_large'), language).not.to.equal(strings.failure?.('conflict'));
      const states = (['open', 'closed', 'ended'] as const).map((state) => strings.meetingState?.(state));
      expect(new Set(states).size, language).to.equal(3);
    }
  });

  it('plurals follow each language', async () => {
    const counted = async (language: string, counts: number[]) => {
      const strings = await fetchPart(inChat, language);
      return counts.map((count) => strings?.newMessages(count, String(count)));
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

  it('a part that comes later comes in the reader’s language, and in the next one when that changes', async () => {
    const alice = show(server, 'alice', { lang: 'pl' });
    await partOf(alice, 'input');
    await eventually(() => input(alice).placeholder === 'Napisz wiadomość');
    part(alice, 'open-search').click();
    const close = await partOf(alice, 'close-search');
    expect(close.title).to.equal('Zamknij wyszukiwanie');
    alice.lang = 'fr';
    await eventually(() => close.title === 'Fermer la recherche');
    alice.lang = 'en';
    await eventually(() => close.title === 'Close the search');
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
