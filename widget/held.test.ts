/// <reference types="mocha" />
import { expect } from 'chai';
import { findings } from './testing/axe.ts';
import { focused, goTo, Meeting } from './testing/meeting.ts';
import { part, partOf, parts, press, settled, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the messages that wait for an organizer', () => {
  let meeting: Meeting;
  beforeEach(() => {
    meeting = new Meeting();
    for (const user of ['olga', 'otto']) meeting.server.channel('standup').organizers.add(user);
  });
  afterEach(() => meeting.end());

  const hold = (...texts: string[]) => {
    for (const text of texts) meeting.server.hold('standup', 'bob', text);
  };
  const sign = (chat: TestChat) => parts(chat, 'open-held')[0]?.textContent?.trim();
  const rows = (chat: TestChat) => parts(chat, 'held-message');
  const waiting = (chat: TestChat) => rows(chat).map((row) => row.querySelector('p')?.textContent);
  const button = (chat: TestChat, text: string, name: 'let-through' | 'refuse') => {
    const row = rows(chat).find((each) => each.textContent?.includes(text));
    const found = row?.querySelector<HTMLElement>(`[part="${name}"]`);
    if (!found) throw new Error(`no ${name} at ${text}`);
    return found;
  };
  const said = (text: string) => eventually(() => meeting.said.some((each) => each.split('\n').includes(text)));

  async function open(user = 'olga', attributes: { [name: string]: string } = {}): Promise<TestChat> {
    const chat = await meeting.visit(user, attributes);
    (await partOf(chat, 'open-held')).click();
    await partOf(chat, 'held');
    await eventually(() => rows(chat).length > 0);
    return chat;
  }

  it('R45: are counted for an organizer from the first moment, and as they come and go; a participant is told nothing', async () => {
    hold('one');
    const [olga, bob] = [await meeting.visit('olga'), await meeting.visit('bob')];
    await eventually(() => sign(olga) === '1 message waits for approval');
    hold('two', 'three');
    await eventually(() => sign(olga) === '3 messages wait for approval');
    for (const text of ['one', 'two', 'three']) meeting.server.decide('standup', 'bob', text, false);
    await eventually(() => sign(olga) === undefined);
    await settled(bob);
    expect(sign(bob)).to.equal(undefined);
  });

  it('R45: are counted anew when the connection is back, whatever was missed meanwhile', async () => {
    hold('one');
    const olga = await meeting.visit('olga');
    await partOf(olga, 'open-held');
    meeting.server.delivers = () => false;
    hold('two');
    meeting.server.drop();
    await eventually(() => sign(olga) === '2 messages wait for approval');
  });

  it('R45: are to be seen at the launcher of a panel that is closed, beside what is unread', async () => {
    hold('one');
    const olga = await meeting.visit('olga', { placement: 'floating' });
    const badge = () => parts(olga, 'badge')[0]?.textContent;
    const label = () => part(olga, 'launcher').ariaLabel;
    await eventually(() => badge() === '!');
    expect(label()).to.equal('Open chat, 1 message waits for approval');
    meeting.server.channel('standup').say('bob', 'hello');
    await eventually(() => badge() === '1');
    expect(label()).to.equal('Open chat, 1 unread message, 1 message waits for approval');
    meeting.server.decide('standup', 'bob', 'one', false);
    await eventually(() => label() === 'Open chat, 1 unread message');
    part(olga, 'launcher').click();
    await partOf(olga, 'input');
    expect(parts(olga, 'badge')).to.deep.equal([]);
  });

  it('are more than can be counted in a large meeting', async () => {
    hold(...Array.from({ length: 100 }, (_, i) => `text ${i}`));
    const olga = await meeting.visit('olga');
    await eventually(() => sign(olga) === '99+ messages wait for approval');
  });

  it('are listed with who wrote what and when, the oldest first', async () => {
    hold('first\nof two lines', 'second');
    const olga = await open();
    expect(waiting(olga)).to.deep.equal(['first\nof two lines', 'second']);
    const [first] = rows(olga);
    expect(first?.querySelector('bdi')?.textContent).to.equal('Bob');
    expect(first?.querySelector('.avatar')?.textContent).to.equal('B');
    expect(first?.querySelector('time')?.textContent).to.match(/^today, \d/);
  });

  it('are let through: all see the message, and it waits no more', async () => {
    hold('one', 'two');
    const [olga, carol] = [await open(), await meeting.visit('carol')];
    button(olga, 'two', 'let-through').click();
    await eventually(() => parts(carol, 'text').some(({ textContent }) => textContent?.trim() === 'two'));
    await eventually(() => waiting(olga).join() === 'one');
    expect(meeting.routes.asked).to.include('POST /channels/standup/held/bob/two');
    await said('Let through.');
  });

  it('are refused, without one more question', async () => {
    hold('one', 'two');
    const olga = await open();
    button(olga, 'one', 'refuse').click();
    await eventually(() => waiting(olga).join() === 'two');
    expect(meeting.routes.asked).to.include('DELETE /channels/standup/held/bob/one');
    expect(meeting.server.channel('standup').messages).to.deep.equal([]);
    await said('Refused.');
  });

  it('leave the list when another organizer decides, and come to it as they are written', async () => {
    hold('one', 'two');
    const [olga, otto] = [await open('olga'), await open('otto')];
    button(otto, 'one', 'let-through').click();
    await eventually(() => waiting(olga).join() === 'two');
    hold('three');
    await eventually(() => waiting(olga).join() === 'two,three' && waiting(otto).join() === 'two,three');
    expect(parts(olga, 'notice')).to.deep.equal([]);
  });

  it('leave the list where they were decided on meanwhile, of which nobody was told', async () => {
    hold('one', 'two');
    const olga = await open();
    meeting.server.delivers = ({ name }) => name !== 'held';
    meeting.server.decide('standup', 'bob', 'one', false);
    button(olga, 'one', 'let-through').click();
    await eventually(() => waiting(olga).join() === 'two');
    expect(parts(olga, 'notice')).to.deep.equal([]);
    expect(meeting.server.channel('standup').messages).to.deep.equal([]);
  });

  it('stay where a decision fails, and the reason is told', async () => {
    hold('one');
    const olga = await open();
    meeting.routes.refusal = 'closed';
    button(olga, 'one', 'let-through').click();
    expect((await partOf(olga, 'notice')).textContent).to.equal('The chat is closed.');
    expect(waiting(olga)).to.deep.equal(['one']);
    meeting.routes.refusal = undefined;
    button(olga, 'one', 'let-through').click();
    await eventually(() => rows(olga).length === 0);
  });

  it('say that they cannot be had now, and come when they can: when more is told, or when they are asked for again', async () => {
    hold('one');
    const olga = await meeting.visit('olga');
    meeting.routes.refusal = 'unavailable';
    (await partOf(olga, 'open-held')).click();
    await partOf(olga, 'retry-held');
    expect(part(olga, 'held').textContent).to.include('did not reach the server');
    meeting.routes.refusal = undefined;
    part(olga, 'retry-held').click();
    await eventually(() => waiting(olga).join() === 'one');
    expect(part(olga, 'held').textContent).not.to.include('did not reach the server');
    meeting.routes.refusal = 'unavailable';
    hold('two');
    await partOf(olga, 'retry-held');
    expect(waiting(olga)).to.deep.equal(['one']);
    meeting.routes.refusal = undefined;
    hold('three');
    await eventually(() => waiting(olga).join() === 'one,two,three' && parts(olga, 'retry-held').length === 0);
  });

  it('are decided on one at a time: the second press of a double click decides nothing', async () => {
    hold('one', 'two');
    const olga = await open();
    button(olga, 'one', 'let-through').click();
    await eventually(() => waiting(olga).join() === 'two');
    button(olga, 'two', 'let-through').dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
    await settled(olga);
    expect(meeting.server.channel('standup').held.map(({ key }) => key)).to.deep.equal(['two']);
  });

  it('are said to a screen reader when more wait than before, and not when fewer do', async () => {
    const olga = await meeting.visit('olga');
    hold('one', 'two');
    await said('2 messages wait for approval');
    meeting.server.decide('standup', 'bob', 'one', false);
    await eventually(() => sign(olga) === '1 message waits for approval');
    hold('three');
    await eventually(() => meeting.said.length > 1);
    expect(meeting.said.join('\n')).not.to.include('1 message waits');
  });

  it('have the focus at the next one when one has gone, then at the sheet, then at the messages', async () => {
    hold('one', 'two', 'three');
    const olga = await open();
    await eventually(() => focused(olga) === part(olga, 'close-held'));
    button(olga, 'two', 'refuse').focus();
    button(olga, 'two', 'refuse').click();
    await eventually(() => focused(olga) === rows(olga)[1]);
    expect(focused(olga)?.textContent).to.include('three');
    // By somebody else.
    meeting.server.decide('standup', 'bob', 'three', true);
    await eventually(() => focused(olga) === part(olga, 'close-held'));
    button(olga, 'one', 'refuse').focus();
    button(olga, 'one', 'refuse').click();
    await eventually(() => rows(olga).length === 0 && focused(olga) === part(olga, 'close-held'));
    expect(part(olga, 'held').textContent).to.include('No message waits.');
    press(part(olga, 'close-held'), 'Escape');
    await eventually(() => parts(olga, 'held').length === 0 && focused(olga) === part(olga, 'list'));
  });

  it('give the focus back to what opened them', async () => {
    hold('one');
    const olga = await open();
    expect(part(olga, 'composer').closest('[inert]')).not.to.equal(null);
    press(part(olga, 'close-held'), 'Escape');
    await eventually(() => focused(olga) === part(olga, 'open-held'));
    expect(part(olga, 'composer').closest('[inert]')).to.equal(null);
  });

  it('are nobody’s to see from the moment that one is no organizer any more, or is removed', async () => {
    hold('one');
    const [olga, otto] = [await open('olga'), await open('otto')];
    const role = { olga: { name: 'Olga', role: 'participant', state: 'online' } } as const;
    meeting.server.tell('standup', { name: 'presence', data: { channel: 'standup', members: role } });
    await eventually(() => parts(olga, 'held').length + parts(olga, 'open-held').length === 0);
    expect(parts(otto, 'held').length).to.equal(1);
    meeting.server.close('standup', 'removed');
    await eventually(() => parts(otto, 'held').length + parts(otto, 'open-held').length === 0);
  });

  it('are those of the conversation on the screen', async () => {
    hold('one');
    meeting.server.team('olga').organizers.add('olga');
    meeting.server.team('olga').say('bob', 'hello');
    const olga = await meeting.visit('olga');
    await partOf(olga, 'open-held');
    await goTo(olga, 'team');
    await eventually(() => sign(olga) === undefined);
    await eventually(() =>
      meeting.server.requests.some(({ name, payload }) => name === 'join' && payload.channel === 'team'),
    );
    for (const text of ['two', 'three']) meeting.server.hold('team', 'bob', text);
    await eventually(() => sign(olga) === '2 messages wait for approval');
    part(olga, 'open-held').click();
    await eventually(() => waiting(olga).join() === 'two,three');
    expect(meeting.routes.asked).to.include('GET /channels/team/held');
  });

  for (const lang of ['en', 'ar']) {
    it(`are shown without a barrier, in ${lang} and on a narrow phone`, async () => {
      hold('one', 'x'.repeat(300), 'three');
      const olga = await meeting.visit('olga', { lang });
      if (olga.parentElement) olga.parentElement.style.width = '320px';
      await partOf(olga, 'open-held');
      expect(await findings(olga)).to.deep.equal([]);
      part(olga, 'open-held').click();
      await eventually(() => rows(olga).length === 3);
      expect(await findings(olga)).to.deep.equal([]);
      const body = part(olga, 'held').querySelector('.sheet-body');
      expect(body?.scrollWidth).to.equal(body?.clientWidth);
    });
  }
});
