/// <reference types="mocha" />
import { expect } from 'chai';
import { settingsKey } from './settings-key.ts';
import { FakeServer } from './testing/fake-server.ts';
import {
  hideAll,
  part,
  partOf,
  parts,
  press,
  pressInSafari,
  settled,
  show,
  type TestChat,
} from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the settings', () => {
  let server: FakeServer;
  let said: string[];
  const notify = Object.getOwnPropertyDescriptor(Element.prototype, 'ariaNotify');
  const { Notification: notification, AudioContext: audio } = window;
  const { hasFocus } = document;
  beforeEach(() => {
    server = new FakeServer();
    said = [];
    Object.defineProperty(Element.prototype, 'ariaNotify', {
      configurable: true,
      writable: true,
      value: (text: string) => said.push(text),
    });
  });
  afterEach(async () => {
    await back();
    if (notify) Object.defineProperty(Element.prototype, 'ariaNotify', notify);
    else Reflect.deleteProperty(Element.prototype, 'ariaNotify');
    Object.assign(window, { Notification: notification, AudioContext: audio });
    document.hasFocus = hasFocus;
    Reflect.deleteProperty(performance, 'now');
    localStorage.clear();
    // As in another tab: what the page remembers is what lies there.
    dispatchEvent(new StorageEvent('storage', { key: settingsKey }));
    await hideAll();
  });
  /** Gives the storage back that a test has blocked. */
  let back = async (): Promise<void> => undefined;

  async function open(chat = show(server, 'alice')): Promise<TestChat> {
    await partOf(chat, 'empty');
    part(chat, 'open-settings').click();
    await partOf(chat, 'settings');
    return chat;
  }
  function choose(chat: TestChat, name: string, value: string): void {
    const field = part(chat, name);
    if (!(field instanceof HTMLSelectElement)) throw new Error(`${name} is no choice`);
    field.value = value;
    field.dispatchEvent(new Event('change'));
  }
  const fontSize = (chat: TestChat) => Number.parseFloat(getComputedStyle(part(chat, 'panel')).fontSize);

  /** What the page asks of a system with notifications, and shows by it. */
  function fakeNotifications(answer: NotificationPermission) {
    const seen = {
      asked: 0,
      shown: [] as { title: string; body: string | undefined; self: { onclick?: () => void } }[],
    };
    class Fake {
      static permission: NotificationPermission = 'default';
      onclick?: () => void;
      constructor(title: string, options?: NotificationOptions) {
        seen.shown.push({ title, body: options?.body, self: this });
      }
      static async requestPermission() {
        seen.asked += 1;
        Fake.permission = answer;
        return answer;
      }
      close(): void {}
    }
    Object.assign(window, { Notification: Fake });
    return seen;
  }

  it('take the focus, leave the conversation inert, and give the focus back', async () => {
    const alice = await open();
    await eventually(() => alice.shadowRoot?.activeElement === part(alice, 'close-settings'));
    expect(part(alice, 'composer').closest('[inert]')).not.to.equal(null);
    press(part(alice, 'close-settings'), 'Escape');
    await eventually(() => alice.shadowRoot?.activeElement === part(alice, 'open-settings'));
    expect(parts(alice, 'settings').length).to.equal(0);
  });

  it('Escape closes them after a press that takes no focus to what was pressed, as in Safari', async () => {
    const alice = await open();
    await pressInSafari(alice, part(alice, 'set-hearing'));
    const focused = alice.shadowRoot?.activeElement;
    press(focused instanceof HTMLElement ? focused : document.body, 'Escape');
    await eventually(() => parts(alice, 'settings').length === 0);
  });

  it('the text gets larger at once, in every chat of the page, and is so on the next visit', async () => {
    const [alice, bob] = [await open(), await open(show(server, 'bob'))];
    const before = fontSize(alice);
    choose(alice, 'set-text-size', 'largest');
    await settled(alice);
    expect(fontSize(alice)).to.be.closeTo(before * 1.45, 0.1);
    expect(fontSize(bob)).to.equal(fontSize(alice));
    await hideAll();
    const again = show(server, 'alice');
    await partOf(again, 'panel');
    await eventually(() => fontSize(again) > before);
    expect(parts(again, 'settings').length).to.equal(0);
  });

  it('nothing is fetched or stored for whoever sets nothing', async () => {
    const alice = show(server, 'alice');
    await partOf(alice, 'empty');
    expect(localStorage.getItem(settingsKey)).to.equal(null);
    await open(alice);
    expect(localStorage.getItem(settingsKey)).to.equal(null);
  });

  it('screen readers are told all messages, mentions only, or none', async () => {
    const alice = await open();
    choose(alice, 'set-hearing', 'mentions');
    server.channel('standup').say('bob', 'hello');
    server.channel('standup').say('bob', '@alice', undefined, { mentions: ['alice'] });
    await eventually(() => said.length > 0);
    expect(said).to.deep.equal(['Bob mentions you: @alice']);
    choose(alice, 'set-hearing', 'none');
    server.channel('standup').say('bob', '@alice again', undefined, { mentions: ['alice'] });
    await eventually(() => parts(alice, 'message').length === 3);
    choose(alice, 'set-hearing', 'all');
    server.channel('standup').say('bob', 'and hello');
    await eventually(() => said.length > 1);
    expect(said.slice(1)).to.deep.equal(['Bob: and hello']);
  });

  it('the browser’s question for notifications comes with the click and not before', async () => {
    const seen = fakeNotifications('granted');
    document.hasFocus = () => false;
    const alice = await open(show(server, 'alice', { placement: 'floating', open: '' }));
    server.channel('standup').say('bob', 'before');
    await eventually(() => parts(alice, 'message').length === 1);
    expect([seen.asked, seen.shown.length]).to.deep.equal([0, 0]);
    part(alice, 'set-notifications').click();
    await eventually(
      () => seen.asked === 1 && localStorage.getItem(settingsKey)?.includes('"notifications":true') === true,
    );
    await settled(alice);
    expect(part(alice, 'set-notifications')).to.have.property('checked', true);
    alice.close();
    server.channel('standup').say('bob', 'after');
    await eventually(() => seen.shown.length === 1);
    expect(seen.shown[0]).to.include({ title: 'Bob', body: 'after' });
    seen.shown[0]?.self.onclick?.();
    await eventually(() => alice.opened && parts(alice, 'message').some((row) => row.matches('[data-seq="2"]:focus')));
  });

  it('a refusal is told, and nothing is switched on', async () => {
    fakeNotifications('denied');
    const alice = await open();
    part(alice, 'set-notifications').click();
    await eventually(() => part(alice, 'settings').textContent?.includes('does not allow notifications') === true);
    expect(part(alice, 'set-notifications')).to.include({ checked: false, disabled: true });
  });

  it('a browser without notifications says so', async () => {
    Object.assign(window, { Notification: undefined });
    const alice = await open();
    expect(part(alice, 'settings').textContent).to.contain('There are no notifications here.');
    expect(part(alice, 'set-notifications')).to.have.property('disabled', true);
  });

  it('a sound tells of what others write, unless the reader is at the chat', async () => {
    let sounds = 0;
    class Fake extends AudioContext {
      override resume(): Promise<void> {
        sounds += 1;
        return Promise.reject(new Error('no sound in here'));
      }
    }
    Object.assign(window, { AudioContext: Fake });
    const alice = await open();
    part(alice, 'set-sound').click();
    // What it is like, at once.
    await eventually(() => sounds === 1);
    document.hasFocus = () => true;
    server.channel('standup').say('bob', 'seen');
    await eventually(() => parts(alice, 'message').length === 1);
    expect(sounds).to.equal(1);
    // Long after: of a burst only the first message is heard.
    const later = performance.now() + 60_000;
    performance.now = () => later;
    document.hasFocus = () => false;
    server.channel('standup').say('bob', 'unseen');
    server.channel('standup').say('bob', 'and more');
    await eventually(() => parts(alice, 'message').length === 3);
    expect(sounds).to.equal(2);
  });

  it('hold as long as the page where storage is blocked', async () => {
    const blocked = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const { getItem, setItem } = Storage.prototype;
    Object.assign(Storage.prototype, { getItem: blocked, setItem: blocked });
    back = async () => {
      Object.assign(Storage.prototype, { getItem, setItem });
    };
    const alice = await open();
    const before = fontSize(alice);
    choose(alice, 'set-text-size', 'small');
    await settled(alice);
    expect(fontSize(alice)).to.be.lessThan(before);
  });

  it('what lies in storage by another hand is no setting', async () => {
    for (const kept of ['no json', '[]', '{"textSize":"huge","sound":1,"hearing":"x"}']) {
      localStorage.setItem(settingsKey, kept);
      dispatchEvent(new StorageEvent('storage', { key: settingsKey }));
      const alice = await open();
      expect(part(alice, 'set-sound')).to.have.property('checked', false);
      expect(part(alice, 'set-hearing')).to.have.property('value', 'all');
      expect(part(alice, 'set-text-size')).to.have.property('value', 'normal');
      await hideAll();
    }
  });
});
