/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, input, part, partOf, parts, press, show, TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the floating <meeting-chat>', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(hideAll);

  it('opens by its launcher and takes the focus to the composer; Escape closes it and gives the focus back', async () => {
    const alice = show(server, 'alice', { placement: 'floating' });
    const launcher = await partOf(alice, 'launcher');
    expect(parts(alice, 'panel').length).to.equal(0);
    launcher.click();
    await alice.updateComplete;
    await eventually(() => alice.shadowRoot?.activeElement === input(alice));
    expect(alice.hasAttribute('open')).to.equal(true);
    press(input(alice), 'Escape');
    await eventually(() => alice.shadowRoot?.activeElement === part(alice, 'launcher'));
    expect(alice.opened).to.equal(false);
  });

  it('opens with the focus in it where nobody may write, and where a sheet was left open', async () => {
    server.channel('standup').about = {
      kind: 'meeting',
      title: '',
      settings: { state: 'closed', directMessages: true },
    };
    const alice = show(server, 'alice', { placement: 'floating' });
    const focusIs = (name: string) =>
      eventually(() => alice.shadowRoot?.activeElement?.matches(`[part="${name}"]`) === true);
    await eventually(() => alice.matches(':state(ready)'));
    part(alice, 'launcher').click();
    await focusIs('list');
    press(part(alice, 'list'), 'Escape');
    await focusIs('launcher');
    alice.open();
    (await partOf(alice, 'open-members')).click();
    await focusIs('close-members');
    alice.close();
    await focusIs('launcher');
    part(alice, 'launcher').click();
    await focusIs('close-members');
  });

  it('opened by code it leaves the focus where it is', async () => {
    const alice = show(server, 'alice', { placement: 'floating' });
    await partOf(alice, 'launcher');
    alice.opened = true;
    await partOf(alice, 'input');
    expect(document.activeElement).not.to.equal(alice);
  });

  it('counts what others write while it is closed, and forgets it when it is opened', async () => {
    const alice = show(server, 'alice', { placement: 'floating' });
    await eventually(() => server.requests.some(({ name }) => name === 'join'));
    server.channel('standup').say('bob', 'one');
    server.channel('standup').say('bob', 'two');
    await eventually(() => parts(alice, 'badge')[0]?.textContent === '2');
    expect(part(alice, 'launcher').getAttribute('aria-label')).to.equal('Open chat, 2 unread messages');
    alice.opened = true;
    await partOf(alice, 'message');
    alice.opened = false;
    await alice.updateComplete;
    expect(parts(alice, 'badge').length).to.equal(0);
  });

  it('writes no attribute that nobody asked for', () => {
    const chat = new TestChat();
    chat.fake = server;
    document.body.append(chat);
    expect(chat.getAttributeNames()).to.deep.equal([]);
    chat.remove();
  });
});
