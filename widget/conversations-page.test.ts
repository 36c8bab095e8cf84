/// <reference types="mocha" />
import { expect } from 'chai';
import { focused, goTo, Meeting, writeTo } from './testing/meeting.ts';
import { input, partOf, parts, textsOf } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the host page and several conversations', () => {
  let meeting: Meeting;
  beforeEach(() => {
    meeting = new Meeting();
  });
  afterEach(() => meeting.end());

  it('the page is told which conversation is on the screen, and itself writes to the meeting', async () => {
    const told: string[] = [];
    const alice = await meeting.visit();
    alice.addEventListener('mc-conversation-change', ({ detail }) => told.push(detail.channel));
    await writeTo(alice, 'bob');
    expect(alice.send('from the page')).to.equal(true);
    await eventually(() => meeting.server.channel('standup').messages.length === 1);
    await goTo(alice, 'standup');
    expect(told).to.deep.equal([meeting.server.direct('alice', 'bob').id, 'standup']);
  });

  it('jumpTo() opens the panel for the message', async () => {
    for (let i = 1; i <= 150; i += 1) meeting.server.channel('standup').say('bob', `public ${i}`);
    const alice = await meeting.visit('alice', { placement: 'floating' });
    expect(await alice.jumpTo(3)).to.equal(true);
    expect(alice.opened).to.equal(true);
    expect(focused(alice)?.getAttribute('data-seq')).to.equal('3');
  });

  it('jumpTo() shows a message that is not loaded, in the conversation on the screen', async () => {
    const direct = meeting.server.direct('bob', 'alice');
    for (let i = 1; i <= 150; i += 1) direct.say('bob', `private ${i}`);
    for (let i = 1; i <= 150; i += 1) meeting.server.channel('standup').say('bob', `public ${i}`);
    const alice = await meeting.visit();
    const flashed = () => alice.renderRoot.querySelector('[data-flash] [part="text"]')?.textContent;
    await partOf(alice, 'message');
    expect(await alice.jumpTo(3)).to.equal(true);
    expect(flashed()).to.equal('public 3');
    await goTo(alice, direct.id);
    await eventually(() => textsOf(alice).includes('private 150'));
    expect(await alice.jumpTo(3)).to.equal(true);
    expect(flashed()).to.equal('private 3');
    expect(await alice.jumpTo(1_000)).to.equal(false);
    expect((await partOf(alice, 'notice')).textContent).to.equal('This message cannot be found.');
  });

  it('jumpTo() leaves alone the conversation to which the reader has gone meanwhile', async () => {
    const direct = meeting.server.direct('bob', 'alice');
    for (let i = 1; i <= 5; i += 1) direct.say('bob', `private ${i}`);
    for (let i = 1; i <= 150; i += 1) meeting.server.channel('standup').say('bob', `public ${i}`);
    const alice = await meeting.visit();
    await partOf(alice, 'message');
    meeting.server.fate = ({ name }) => (name === 'history' ? 'deaf' : 'ok');
    const jumped = alice.jumpTo(3);
    await goTo(alice, direct.id);
    meeting.server.timeOut();
    expect(await jumped).to.equal(false);
    expect(focused(alice)).to.equal(input(alice));
    expect(parts(alice, 'notice').length).to.equal(0);
  });
});
