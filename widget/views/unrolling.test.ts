/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from '../testing/fake-server.ts';
import { hideAll, part, partOf, parts, settled, show, type TestChat, textsOf } from '../testing/test-chat.ts';
import { eventually } from '../testing/until.ts';

/** As many as a slow phone draws within 50 ms. */
const rowsAFrame = 4;
const firstRows = 2;

describe('a long conversation', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    for (let i = 1; i <= 120; i += 1) server.channel('standup').say(i % 3 ? 'bob' : 'carol', `message ${i}`);
  });
  afterEach(hideAll);

  /** What is drawn after each change of it, until `stop`. */
  function watchRows(chat: TestChat): { readonly seen: string[][]; stop(): void } {
    const seen: string[][] = [];
    const observer = new MutationObserver(() => {
      const texts = textsOf(chat);
      if (texts.length !== seen.at(-1)?.length) seen.push(texts);
    });
    observer.observe(chat.renderRoot, { childList: true, subtree: true });
    return { seen, stop: () => observer.disconnect() };
  }

  async function open(attributes: { [name: string]: string } = {}): Promise<TestChat> {
    const chat = show(server, 'alice', attributes);
    await chat.updateComplete;
    return chat;
  }

  it('is drawn from its end upwards, a few rows at a time', async () => {
    const alice = await open();
    const { seen, stop } = watchRows(alice);
    await eventually(() => parts(alice, 'message').length >= 30);
    stop();
    const drawn = seen.filter((texts) => texts.length > 0);
    for (const [i, texts] of drawn.entries()) {
      expect(texts.at(-1)).to.equal('message 120');
      expect(texts.length - (drawn[i - 1]?.length ?? 0)).to.be.within(1, rowsAFrame);
    }
  });

  it('shows its frame before the first of its rows when it is opened', async () => {
    const alice = await open({ placement: 'floating' });
    await eventually(() => alice.matches(':state(ready)'));
    const { seen, stop } = watchRows(alice);
    part(alice, 'launcher').click();
    await alice.updateComplete;
    expect(parts(alice, 'input').length).to.equal(1);
    expect(textsOf(alice)).to.deep.equal([]);
    await eventually(() => parts(alice, 'message').length >= 30);
    stop();
    expect(seen.filter((texts) => texts.length > 0)[0]?.length).to.be.within(1, rowsAFrame);
  });

  it('gets a page of what was before a few rows at a time, and asks for no other until that is drawn', async () => {
    const alice = await open();
    await partOf(alice, 'message');
    await settled(alice);
    const before = textsOf(alice).length;
    const asked = () => server.requests.filter(({ name }) => name === 'history').length;
    const { seen, stop } = watchRows(alice);
    const askedBefore = asked();
    part(alice, 'list').scrollTop = 0;
    await eventually(() => textsOf(alice).length > before);
    expect(asked()).to.equal(askedBefore + 1);
    await settled(alice);
    stop();
    let length = before;
    for (const texts of seen) {
      expect(texts.length - length).to.be.at.most(rowsAFrame);
      length = texts.length;
    }
  });

  it('says that it is not all there, until it is', async () => {
    const alice = await open();
    const told = new Map<number, string | null>();
    new MutationObserver(() => {
      told.set(parts(alice, 'message').length, part(alice, 'list').ariaBusy);
    }).observe(alice.renderRoot, { childList: true, subtree: true });
    await eventually(() => parts(alice, 'message').length >= 30);
    expect(told.get(firstRows)).to.equal('true');
    await settled(alice);
    expect(part(alice, 'list').ariaBusy).to.equal(null);
  });

  it('loses none of what is drawn, and has what the reader writes at once, however often it is updated in a frame', async () => {
    const alice = await open();
    await partOf(alice, 'message');
    await settled(alice);
    const rows = () => alice.renderRoot.querySelector('.rows')?.childElementCount;
    const before = rows();
    for (let i = 0; i < 2 * rowsAFrame; i += 1) {
      alice.requestUpdate();
      await alice.updateComplete;
      expect(rows()).to.equal(before);
    }
    alice.send('my own');
    await alice.updateComplete;
    expect(textsOf(alice).at(-1)).to.equal('my own');
  });

  it('is jumped into when all around the message is drawn', async () => {
    const alice = await open();
    await partOf(alice, 'message');
    expect(await alice.jumpTo(20)).to.equal(true);
    expect(part(alice, 'list').ariaBusy).to.equal(null);
    const row = parts(alice, 'message').find(({ dataset }) => dataset.seq === '20');
    expect(alice.shadowRoot?.activeElement).to.equal(row);
    const [box, list] = [row, part(alice, 'list')].map((element) => element?.getBoundingClientRect());
    expect(box?.top).to.be.within(list?.top ?? 0, list?.bottom ?? 0);
  });
});
