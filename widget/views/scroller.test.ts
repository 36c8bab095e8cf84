/// <reference types="mocha" />
import { expect } from 'chai';
import { logWindow } from '../client/log.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { hideAll, part, partOf, parts, settled, show, type TestChat, textsOf, type } from '../testing/test-chat.ts';
import { eventually } from '../testing/until.ts';

describe('the reader’s place', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    for (let i = 1; i <= 120; i += 1) server.channel('standup').say(i % 3 ? 'bob' : 'carol', `message ${i}`);
  });
  afterEach(hideAll);

  const list = (chat: TestChat) => part(chat, 'list');
  const toEndPx = ({ scrollHeight, clientHeight, scrollTop }: HTMLElement) => scrollHeight - clientHeight - scrollTop;
  const atEnd = (chat: TestChat) => toEndPx(list(chat)) <= 1;

  /** The reader scrolls, and everything that follows from it is done. */
  async function scrollTo(chat: TestChat, top: number): Promise<void> {
    const scrolled = new Promise((resolve) => list(chat).addEventListener('scroll', resolve, { once: true }));
    list(chat).scrollTop = top;
    await scrolled;
    await settled(chat);
  }

  /** The first message in sight and where it stands on the screen. */
  function place(chat: TestChat): { seq: string | undefined; top: number } {
    const { top } = list(chat).getBoundingClientRect();
    for (const message of parts(chat, 'message')) {
      const box = message.getBoundingClientRect();
      if (box.bottom > top + 1) return { seq: message.dataset.seq, top: box.top - top };
    }
    throw new Error('nothing in sight');
  }

  async function open(): Promise<TestChat> {
    const alice = show(server, 'alice');
    await partOf(alice, 'message');
    await settled(alice);
    return alice;
  }

  it('is the end at first, and stays there when messages come', async () => {
    const alice = await open();
    expect(atEnd(alice)).to.equal(true);
    server.channel('standup').say('bob', 'the newest\nof\nall');
    await eventually(() => textsOf(alice).at(-1)?.startsWith('the newest') === true);
    await settled(alice);
    expect(atEnd(alice)).to.equal(true);
    expect(parts(alice, 'new-messages').length).to.equal(0);
  });

  it('stays the end in a burst, though what is above goes while more comes', async () => {
    const alice = await open();
    for (let burst = 0; burst < 40; burst += 1) {
      for (let i = 0; i < 12; i += 1) server.channel('standup').say('bob', `burst ${burst}, ${i}`);
      await new Promise((next) => setTimeout(next));
      // Laid out by whoever asks for a size, with or without a frame in between.
      list(alice).getBoundingClientRect();
    }
    await eventually(() => textsOf(alice).at(-1) === 'burst 39, 11');
    await settled(alice);
    expect(atEnd(alice)).to.equal(true);
    expect(parts(alice, 'new-messages').length).to.equal(0);
  });

  it('does not move by a pixel when messages come while they read further up; a button tells of them', async () => {
    const alice = await open();
    await scrollTo(alice, list(alice).scrollHeight - 1500);
    const before = place(alice);
    server.channel('standup').say('bob', 'new one');
    server.channel('standup').say('carol', 'new two');
    const button = await partOf(alice, 'new-messages');
    await eventually(() => button.textContent?.trim() === '2 new messages');
    await settled(alice);
    expect(place(alice)).to.deep.equal(before);
    button.click();
    await settled(alice);
    expect(atEnd(alice)).to.equal(true);
    expect(parts(alice, 'new-messages').length).to.equal(0);
  });

  it('is where they have just scrolled to, though a message comes before the browser has said so', async () => {
    const alice = await open();
    await scrollTo(alice, list(alice).scrollHeight - 1500);
    await scrollTo(alice, list(alice).scrollHeight);
    const scrolled = new Promise((resolve) => list(alice).addEventListener('scroll', resolve, { once: true }));
    list(alice).scrollTop -= 1000;
    const before = place(alice);
    alice.requestUpdate();
    await alice.updateComplete;
    await scrolled;
    await settled(alice);
    expect(place(alice)).to.deep.equal(before);
  });

  it('does not move by a pixel when older messages are put before it', async () => {
    const alice = await open();
    const heldBefore = parts(alice, 'message').length;
    await scrollTo(alice, list(alice).scrollHeight - 1400);
    list(alice).scrollTop = 300;
    await new Promise((resolve) => list(alice).addEventListener('scroll', resolve, { once: true }));
    const before = place(alice);
    await eventually(() => parts(alice, 'message').length > heldBefore);
    await settled(alice);
    const after = place(alice);
    expect(after.seq).to.equal(before.seq);
    expect(Math.abs(after.top - before.top)).to.be.below(1);
  });

  it('does not move by a pixel when the box gets smaller or larger', async () => {
    const alice = await open();
    const box = alice.parentElement;
    if (!box) throw new Error('no box');
    box.style.height = '300px';
    await settled(alice);
    expect(atEnd(alice)).to.equal(true);
    await scrollTo(alice, list(alice).scrollHeight - 1500);
    const before = place(alice);
    box.style.height = '450px';
    await settled(alice);
    expect(place(alice)).to.deep.equal(before);
  });

  it('is where it was when a message that was asked for is not there', async () => {
    const alice = await open();
    expect(await alice.jumpTo(9_999)).to.equal(false);
    await settled(alice);
    expect(atEnd(alice)).to.equal(true);
    server.channel('standup').say('bob', 'the newest');
    await eventually(() => textsOf(alice).at(-1) === 'the newest');
    await settled(alice);
    expect(atEnd(alice)).to.equal(true);
    expect(parts(alice, 'new-messages').length).to.equal(0);
    await scrollTo(alice, list(alice).scrollHeight - 1500);
    const before = place(alice);
    expect(await alice.jumpTo(9_999)).to.equal(false);
    await settled(alice);
    expect(place(alice)).to.deep.equal(before);
  });

  it('stays while the page moves the element to another place', async () => {
    const alice = await open();
    await scrollTo(alice, list(alice).scrollHeight - 1500);
    const before = place(alice);
    alice.parentElement?.append(alice);
    await settled(alice);
    expect(place(alice)).to.deep.equal(before);
  });

  it('is the end again after the reader has sent something', async () => {
    const alice = await open();
    await scrollTo(alice, list(alice).scrollHeight - 1500);
    await type(alice, 'my own');
    // A page of what is before may be on its way.
    await eventually(() => textsOf(alice).at(-1) === 'my own' && atEnd(alice));
  });

  it('can be anywhere in a long channel, with a bounded number of rows', async () => {
    for (let i = 121; i <= 400; i += 1) server.channel('standup').say('bob', `message ${i}`);
    const alice = await open();
    while (textsOf(alice)[0] !== 'message 1') {
      const first = textsOf(alice)[0];
      await scrollTo(alice, list(alice).scrollTop > 5 ? 0 : 5);
      await eventually(() => textsOf(alice)[0] !== first || list(alice).scrollTop > 5);
      expect(parts(alice, 'message').length).to.be.at.most(logWindow);
    }
    server.channel('standup').say('bob', 'message 401');
    const button = await partOf(alice, 'new-messages');
    button.click();
    await eventually(() => textsOf(alice).at(-1) === 'message 401');
    await settled(alice);
    expect(atEnd(alice)).to.equal(true);
    expect(parts(alice, 'message').length).to.be.at.most(logWindow);
  });
});
