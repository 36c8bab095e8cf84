/// <reference types="mocha" />
import { expect } from 'chai';
import { focused, Meeting } from './testing/meeting.ts';
import { choose, input, part, partOf, parts, press, textsOf, type } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('what is refused', () => {
  let meeting: Meeting;
  beforeEach(() => {
    meeting = new Meeting();
  });
  afterEach(() => meeting.end());

  it('an edit that came to nothing leaves its words in the composer', async () => {
    meeting.server.channel('standup').say('alice', 'helo');
    const alice = await meeting.visit();
    await partOf(alice, 'message');
    input(alice).focus();
    press(input(alice), 'ArrowUp');
    await eventually(() => input(alice).value === 'helo');
    meeting.server.fate = ({ name }) => (name === 'edit' ? { code: 'rate_limited', message: 'wait' } : 'ok');
    await type(alice, 'hello, all of you');
    await partOf(alice, 'notice');
    await eventually(() => input(alice).value === 'hello, all of you');
    expect(parts(alice, 'purpose').length).to.equal(1);
    meeting.server.fate = () => 'ok';
    press(input(alice), 'Enter');
    await eventually(() => textsOf(alice).join() === 'hello, all of you');
    expect(input(alice).value).to.equal('');
  });

  it('an edit that came to nothing does not take the place of what is being written by then', async () => {
    meeting.server.channel('standup').say('alice', 'helo');
    const alice = await meeting.visit();
    await partOf(alice, 'message');
    press(input(alice), 'ArrowUp');
    await eventually(() => input(alice).value === 'helo');
    meeting.server.fate = ({ name }) => (name === 'edit' ? 'deaf' : 'ok');
    await type(alice, 'hello');
    await type(alice, 'something else', false);
    await eventually(() => meeting.server.requests.length > 0);
    meeting.server.timeOut();
    await partOf(alice, 'notice');
    expect(input(alice).value).to.equal('something else');
  });

  it('an edit of a message that was deleted meanwhile is given up: its words are a new text', async () => {
    const { server } = meeting;
    server.channel('standup').say('alice', 'helo');
    const alice = await meeting.visit();
    await partOf(alice, 'message');
    await type(alice, 'half a thought', false);
    (await partOf(alice, 'message-actions')).click();
    await choose(alice, 'edit');
    await eventually(() => input(alice).value === 'helo');
    server.channel('standup').change((seq) => ({ seq, type: 'delete', target: 1, by: 'olga', at: Date.now() }));
    await eventually(() => part(alice, 'purpose').textContent?.includes('This message was deleted.') === true);
    expect(part(alice, 'purpose').textContent).not.to.contain('helo');
    server.fate = ({ name }) => (name === 'edit' ? { code: 'not_found', message: 'deleted' } : 'ok');
    await type(alice, 'hello');
    expect((await partOf(alice, 'notice')).textContent).to.equal('This message cannot be found.');
    await eventually(() => input(alice).value === 'half a thought\nhello');
    expect(parts(alice, 'purpose').length).to.equal(0);
  });

  it('the line above an answer tells what became of its message: other words, or none', async () => {
    const channel = meeting.server.channel('standup');
    channel.say('bob', 'helo');
    const alice = await meeting.visit();
    (await partOf(alice, 'message-actions')).click();
    await choose(alice, 'reply');
    const tells = (words: string) => eventually(() => part(alice, 'purpose').textContent?.includes(words) === true);
    await partOf(alice, 'purpose');
    channel.change((seq) => ({ seq, type: 'edit', target: 1, text: 'hello', by: 'bob', at: Date.now() }));
    await tells('hello');
    channel.change((seq) => ({ seq, type: 'delete', target: 1, by: 'bob', at: Date.now() }));
    await tells('This message was deleted.');
  });

  it('a message of one who was removed meanwhile fails, and goes out when they try again once they are back', async () => {
    const alice = await meeting.visit();
    const told: unknown[] = [];
    alice.addEventListener('mc-error', ({ detail }) => told.push(detail.code));
    meeting.server.fate = ({ name }) => (name === 'send' ? 'deaf' : 'ok');
    await type(alice, 'am I still here?');
    meeting.server.close('standup', 'removed');
    await partOf(alice, 'failure');
    expect(told).to.include('forbidden');
    expect(alice.send('and now?')).to.equal(false);
    meeting.server.fate = () => 'ok';
    meeting.server.drop();
    await eventually(() => alice.matches(':state(ready)'));
    expect(meeting.server.channel('standup').messages).to.deep.equal([]);
    part(alice, 'retry').click();
    await eventually(() => meeting.server.channel('standup').messages.length === 1);
  });

  it('where the user may not enter nothing is taken, and what was left of before fails', async () => {
    const before = await meeting.visit();
    meeting.server.fate = ({ name }) => (name === 'send' ? 'deaf' : 'ok');
    await type(before, 'left over');
    meeting.server.fate = ({ name }) => (name === 'join' ? { code: 'forbidden', message: 'no' } : 'ok');
    meeting.server.drop();
    await partOf(before, 'failure');
    expect(before.send('hello?')).to.equal(false);
  });

  it('is said: a message that failed, one that waits, and that nobody can write any more', async () => {
    const alice = await meeting.visit();
    const heard = (text: string) => eventually(() => meeting.said.some((said) => said.includes(text)));
    meeting.server.fate = ({ name }) => (name === 'send' ? { code: 'invalid', message: 'filtered' } : 'ok');
    await type(alice, 'acme');
    await heard('Not sent. ');
    meeting.server.fate = ({ name }) => (name === 'send' ? { code: 'conflict', message: 'held' } : 'ok');
    await type(alice, 'acme, too');
    await heard('Waits for an organizer');
    meeting.server.set('standup', { state: 'ended' });
    await heard((await partOf(alice, 'closed')).textContent ?? '?');
  });

  it('the focus goes to the list when the place to write goes', async () => {
    const alice = await meeting.visit();
    input(alice).focus();
    meeting.server.set('standup', { state: 'ended' });
    await partOf(alice, 'closed');
    await eventually(() => focused(alice) === part(alice, 'list'));
  });
});
