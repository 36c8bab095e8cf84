/// <reference types="mocha" />
import { expect } from 'chai';
import { type FakeRoutes, fakeRoutes } from './testing/fake-routes.ts';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, part, partOf, parts, settled, show, type TestChat, textsOf, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the reader’s place in each conversation', () => {
  let server: FakeServer;
  let routes: FakeRoutes;
  beforeEach(() => {
    server = new FakeServer();
    routes = fakeRoutes(server);
    for (let i = 1; i <= 120; i += 1) server.channel('standup').say('bob', `to all ${i}`);
    for (let i = 1; i <= 40; i += 1) server.direct('bob', 'alice').say('bob', `to alice ${i}\nin two lines`);
  });
  afterEach(async () => {
    await hideAll();
    routes.end();
  });

  const list = (chat: TestChat) => part(chat, 'list');
  const fromEnd = (chat: TestChat) => {
    const { scrollHeight, clientHeight, scrollTop } = list(chat);
    return scrollHeight - clientHeight - scrollTop;
  };

  /** The first message in sight, and where it is. */
  function inSight(chat: TestChat): { text: string; px: number } {
    const { top } = list(chat).getBoundingClientRect();
    const row = parts(chat, 'message').find((message) => message.getBoundingClientRect().bottom > top);
    return {
      text: row?.querySelector('[part="text"]')?.textContent ?? '',
      px: (row?.getBoundingClientRect().top ?? 0) - top,
    };
  }

  async function scrollBy(chat: TestChat, px: number): Promise<void> {
    const scrolled = new Promise((resolve) => list(chat).addEventListener('scroll', resolve, { once: true }));
    list(chat).scrollTop += px;
    await scrolled;
    // A page of what is before may be on its way, and is put there without a move.
    await settled(chat);
    await settled(chat);
  }

  async function goTo(chat: TestChat, kind: string): Promise<void> {
    (await partOf(chat, 'open-conversations')).click();
    await partOf(chat, 'conversations');
    parts(chat, 'conversation')
      .find(({ dataset }) => dataset.kind === kind)
      ?.click();
    await eventually(() => part(chat, 'panel').dataset.kind === kind && parts(chat, 'message').length > 0);
    await settled(chat);
  }

  async function visit(): Promise<TestChat> {
    const alice = show(server, 'alice');
    await partOf(alice, 'open-conversations');
    await settled(alice);
    return alice;
  }

  it('is the same message at the same pixel when they come back, whatever was written meanwhile', async () => {
    const alice = await visit();
    const { receipts } = server.channel('standup');
    await eventually(() => receipts.alice?.read === 120);
    await scrollBy(alice, -700);
    const inMeeting = inSight(alice);
    expect(inMeeting.text).to.match(/^to all/);

    await goTo(alice, 'direct');
    expect(fromEnd(alice)).to.be.lessThan(1);
    await scrollBy(alice, -333);
    const inPrivate = inSight(alice);
    for (let i = 1; i <= 60; i += 1) server.channel('standup').say('bob', `meanwhile ${i}`);
    await eventually(() => parts(alice, 'conversation-unread')[0]?.textContent === '60');

    await goTo(alice, 'meeting');
    expect(inSight(alice)).to.deep.equal(inMeeting);
    expect(part(alice, 'new-messages').textContent).to.contain('60');
    await eventually(() => receipts.alice?.delivered === 180);
    expect(receipts.alice?.read).to.equal(120);
    await goTo(alice, 'direct');
    expect(inSight(alice)).to.deep.equal(inPrivate);
    await goTo(alice, 'meeting');
    expect(inSight(alice)).to.deep.equal(inMeeting);

    part(alice, 'new-messages').click();
    await eventually(() => textsOf(alice).at(-1) === 'meanwhile 60' && fromEnd(alice) < 1);
    await eventually(() => receipts.alice?.read === 180);
  });

  it('is the first unread message, with the divider above it, when they were at the end', async () => {
    const alice = await visit();
    await goTo(alice, 'direct');
    for (let i = 1; i <= 30; i += 1) server.channel('standup').say('bob', `meanwhile ${i}`);
    await eventually(() => parts(alice, 'conversation-unread')[0]?.textContent === '30');
    await goTo(alice, 'meeting');
    const divider = () => part(alice, 'unread').getBoundingClientRect().top - list(alice).getBoundingClientRect().top;
    const px = divider();
    expect(px).to.be.within(0, 30);
    const before = inSight(alice);
    expect(before.text).to.equal('meanwhile 1');

    // It is still there, at the same place, when they only have had a look at the other one.
    await goTo(alice, 'direct');
    await goTo(alice, 'meeting');
    expect(divider()).to.equal(px);
    expect(inSight(alice)).to.deep.equal(before);
  });

  it('is the end when they were there and nothing came, and after they have written', async () => {
    const alice = await visit();
    await goTo(alice, 'direct');
    await goTo(alice, 'meeting');
    expect(fromEnd(alice)).to.be.lessThan(1);
    await scrollBy(alice, -500);
    await goTo(alice, 'direct');
    await goTo(alice, 'meeting');
    await type(alice, 'and now this');
    await eventually(() => textsOf(alice).at(-1) === 'and now this' && fromEnd(alice) < 1);
    await goTo(alice, 'direct');
    await goTo(alice, 'meeting');
    expect(fromEnd(alice)).to.be.lessThan(1);
  });
});
