/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, part, partOf, parts, settled, show, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the page’s own content in the element', () => {
  afterEach(hideAll);

  function put(chat: TestChat, slot: string): HTMLElement {
    const own = document.createElement('button');
    own.slot = slot;
    own.textContent = slot;
    chat.append(own);
    return own;
  }
  /** To a hundredth of a pixel: of edges that touch not every browser gives the same number. */
  const box = (element: Element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const near = (edge: number) => Math.round(edge * 100) / 100;
    return { left: near(left), right: near(right), top: near(top), bottom: near(bottom) };
  };

  it('stands at the bar, under it, over the composer and in it', async () => {
    const chat = show(new FakeServer(), 'alice');
    const [atBar, under, over, inside] = ['header', 'top', 'bottom', 'tools'].map((slot) => put(chat, slot));
    await eventually(() => chat.matches(':state(ready)'));
    await settled(chat);
    if (!atBar || !under || !over || !inside) throw new Error('not all were put');
    expect(box(atBar).right).to.be.at.most(box(part(chat, 'open-search')).left);
    expect(box(atBar).bottom).to.be.at.most(box(part(chat, 'header')).bottom);
    expect(box(under).top).to.be.at.least(box(part(chat, 'header')).bottom);
    expect(box(under).bottom).to.be.at.most(box(part(chat, 'list')).top);
    expect(box(over).top).to.be.at.least(box(part(chat, 'list')).bottom);
    expect(box(over).bottom).to.be.at.most(box(part(chat, 'composer')).top);
    expect(box(inside).right).to.be.at.most(box(part(chat, 'send')).left);
    expect(box(inside).top).to.be.at.least(box(part(chat, 'field')).top);
  });

  it('takes the place of the text where there are no messages, and leaves with the first one', async () => {
    const server = new FakeServer();
    const chat = show(server, 'alice');
    const own = put(chat, 'empty');
    await eventually(() => own.checkVisibility());
    expect(part(chat, 'empty').checkVisibility()).to.equal(false);
    server.channel('standup').say('bob', 'hello');
    await partOf(chat, 'message');
    expect(own.checkVisibility()).to.equal(false);
  });

  it('takes the place of the launcher’s picture, while the launcher opens', async () => {
    const chat = show(new FakeServer(), 'alice', { placement: 'floating' });
    const own = put(chat, 'launcher');
    await eventually(() => own.checkVisibility());
    expect(own.assignedSlot?.closest('[part="launcher"]')).to.equal(part(chat, 'launcher'));
    chat.open();
    await eventually(() => parts(chat, 'panel').length === 1);
    expect(own.checkVisibility()).to.equal(false);
  });

  it('is not shown where it names no slot', async () => {
    const chat = show(new FakeServer(), 'alice');
    const own = put(chat, '');
    await eventually(() => chat.matches(':state(ready)'));
    expect(own.checkVisibility()).to.equal(false);
  });
});
