/// <reference types="mocha" />
import { expect } from 'chai';
import { Meeting } from './testing/meeting.ts';
import { part, partOf, settled, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

const english = 'Planning of the autumn release with everybody who has anything to do with it';
const arabic = 'التخطيط لإصدار الخريف مع كل من له علاقة به من قريب أو بعيد في هذه الشركة';

describe('a title', () => {
  let meeting: Meeting;
  beforeEach(() => {
    meeting = new Meeting();
  });
  afterEach(() => meeting.end());

  /** Where its first character stands. */
  function beginning(title: HTMLElement): DOMRect {
    const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()?.textContent?.trim() === '');
    const range = new Range();
    range.setStart(texts.currentNode, 0);
    range.setEnd(texts.currentNode, 1);
    return range.getBoundingClientRect();
  }
  const open = async (lang: string, title: string): Promise<TestChat> => {
    meeting.server.channel('standup').about.title = title;
    const alice = await meeting.visit('alice', { lang });
    await eventually(() => part(alice, 'title').textContent === title);
    await settled(alice);
    return alice;
  };

  for (const [lang, title] of [
    ['ar', english],
    ['en', arabic],
    ['en', english],
    ['ar', arabic],
  ] as const) {
    it(`that is too long is cut at its end, not where it begins: ${lang}, ${title.slice(0, 8)}`, async () => {
      for (const among of ['no others', 'others']) {
        if (among === 'others') meeting.server.team('alice');
        const alice = await open(lang, title);
        if (among === 'others') await partOf(alice, 'open-conversations');
        const box = part(alice, 'title').getBoundingClientRect();
        const { left, right } = beginning(part(alice, 'title'));
        expect(part(alice, 'title').scrollWidth).to.be.greaterThan(box.width);
        expect(left, among).to.be.at.least(box.left - 1);
        expect(right, among).to.be.at.most(box.right + 1);
        alice.remove();
      }
    });
  }

  it('in the other script begins at the side of the reader’s own', async () => {
    const alice = await open('ar', 'Standup');
    const text = new Range();
    text.selectNodeContents(part(alice, 'title'));
    expect(text.getBoundingClientRect().right).to.be.closeTo(part(alice, 'title').getBoundingClientRect().right, 1);
  });
});
