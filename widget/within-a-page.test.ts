/// <reference types="mocha" />
import { expect } from 'chai';
import { Meeting } from './testing/meeting.ts';
import { input, part, partOf, parts, press, settled, show } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('within a page', () => {
  let meeting: Meeting;
  beforeEach(() => {
    meeting = new Meeting();
  });
  afterEach(() => meeting.end());

  const readByAlice = () => meeting.server.channel('standup').receipts.alice?.read ?? 0;

  for (const [how, hide] of Object.entries({
    'by its display': (chat: HTMLElement) => chat.toggleAttribute('hidden', true),
    'in a box that is closed': (chat: HTMLElement) => {
      const details = document.createElement('details');
      chat.before(details);
      details.append(chat);
    },
    'below the fold': (chat: HTMLElement) => {
      chat.style.cssText = 'position: absolute; top: 9000px; height: 500px';
    },
  })) {
    it(`a chat that is hidden ${how} reads nothing, and counts what comes`, async () => {
      const alice = await meeting.visit();
      meeting.server.channel('standup').say('bob', 'seen');
      await eventually(() => readByAlice() === 1);
      hide(alice);
      await eventually(() => alice.matches(':state(ready)'));
      await settled(alice);
      meeting.server.channel('standup').say('bob', 'not seen');
      await eventually(() => alice.matches(':state(unread)'));
      expect(readByAlice()).to.equal(1);
    });
  }

  const boxes: { [box: string]: { around?: string; own?: string; height: number; panel?: number } } = {
    'of a height of its own': { around: 'height: 700px', height: 700 },
    'of no height: 30rem, however much is written': { height: 480 },
    'that the page gives the element': { own: 'height: 900px', height: 900 },
    'with a padding': { own: 'box-sizing: border-box; height: 400px; padding: 20px', height: 400, panel: 360 },
    'that is the rest of a column': {
      around: 'display: flex; flex-direction: column; height: 650px',
      own: 'flex: 1',
      height: 650,
    },
    'that is a cell of a grid': { around: 'display: grid; grid-template-rows: 550px', height: 550 },
    'that lies over another': {
      around: 'position: relative; height: 620px',
      own: 'position: absolute; inset: 10px; height: auto',
      height: 600,
    },
  };
  for (const [box, { around = '', own = '', height, panel = height }] of Object.entries(boxes)) {
    it(`inline, it fills the box ${box}`, async () => {
      for (let i = 1; i <= 100; i += 1) meeting.server.channel('standup').say('bob', `message ${i}`);
      const alice = await meeting.visit();
      if (alice.parentElement) alice.parentElement.style.cssText = around;
      alice.style.cssText = own;
      await eventually(() => parts(alice, 'message').length > 0);
      await settled(alice);
      expect(alice.getBoundingClientRect().height).to.equal(height);
      expect(part(alice, 'panel').getBoundingClientRect().height).to.equal(panel);
    });
  }

  it('one that is shown again has read what is on it', async () => {
    const alice = await meeting.visit();
    alice.style.display = 'none';
    await settled(alice);
    meeting.server.channel('standup').say('bob', 'hello');
    await eventually(() => alice.matches(':state(unread)'));
    alice.style.display = '';
    await eventually(() => readByAlice() === 1 && !alice.matches(':state(unread)'));
  });

  it('what was read on another device is unread no more', async () => {
    const alice = await meeting.visit('alice', { placement: 'floating' });
    for (const text of ['one', 'two']) meeting.server.channel('standup').say('bob', text);
    expect((await partOf(alice, 'badge')).textContent).to.equal('2');
    meeting.server.mark('standup', 'alice', { delivered: 2, read: 1 });
    meeting.server.mark('standup', 'alice', { delivered: 2, read: 2 });
    await eventually(() => parts(alice, 'badge').length === 0);
    meeting.server.channel('standup').say('bob', 'three');
    expect((await partOf(alice, 'badge')).textContent).to.equal('1');
  });

  it('one that is taken away has no state left, and nothing unread', async () => {
    const alice = await meeting.visit('alice', { placement: 'floating' });
    meeting.server.channel('standup').say('bob', 'hello');
    await partOf(alice, 'badge');
    const told: number[] = [];
    alice.addEventListener('mc-unread-change', ({ detail }) => told.push(detail.unread));
    alice.remove();
    await eventually(() => !alice.matches(':state(ready)') && !alice.matches(':state(unread)'));
    expect(told).to.deep.equal([0]);
  });

  it('keys in what the page has slotted in are the page’s; those in the chat are not', async () => {
    const alice = await meeting.visit();
    const own = document.createElement('input');
    own.slot = 'tools';
    alice.append(own);
    const heard: string[] = [];
    const hear = ({ key }: KeyboardEvent) => heard.push(key);
    document.addEventListener('keydown', hear);
    press(own, 'a');
    press(input(alice), 'b');
    document.removeEventListener('keydown', hear);
    expect(heard).to.deep.equal(['a']);
  });

  it('Escape closes a sheet or the panel, and no dialog of the page around it', async () => {
    const alice = await meeting.visit('alice', { placement: 'floating' });
    alice.open();
    (await partOf(alice, 'open-search')).click();
    expect(press(await partOf(alice, 'search-input'), 'Escape')).to.equal(false);
    await eventually(() => parts(alice, 'search').length === 0);
    expect(alice.opened).to.equal(true);
    expect(press(input(alice), 'Escape')).to.equal(false);
    expect(alice.opened).to.equal(false);
  });

  it('the Escape that ends an input method’s composition closes nothing, and is none of the page’s', async () => {
    let heard = 0;
    const hear = () => {
      heard += 1;
    };
    document.addEventListener('keydown', hear);
    const alice = await meeting.visit('alice', { placement: 'floating' });
    alice.open();
    press(await partOf(alice, 'input'), 'Escape', { isComposing: true });
    part(alice, 'open-search').click();
    press(await partOf(alice, 'search-input'), 'Escape', { isComposing: true });
    await alice.updateComplete;
    document.removeEventListener('keydown', hear);
    expect(alice.opened).to.equal(true);
    expect(parts(alice, 'search').length).to.equal(1);
    expect(heard).to.equal(0);
  });

  it('news are said though the page has replaced all that stood in the element', async () => {
    Object.defineProperty(Element.prototype, 'ariaNotify', { configurable: true, value: undefined });
    const alice = show(meeting.server, 'alice');
    await eventually(() => alice.matches(':state(ready)'));
    alice.replaceChildren();
    meeting.server.channel('standup').say('bob', 'hello');
    await eventually(() => alice.textContent?.includes('hello') === true);
  });

  it('a getToken() that gives no text gives no token, and one with a line break gives one', async () => {
    const alice = show(meeting.server, 'alice');
    const { getToken } = alice;
    const errors: unknown[] = [];
    alice.addEventListener('mc-error', ({ detail }) => errors.push(detail.code));
    Reflect.set(alice, 'getToken', () => ({ token: 'x' }));
    await eventually(() => errors.includes('unauthorized'));
    alice.getToken = async () => `${await getToken?.()}\n`;
    await eventually(() => alice.matches(':state(ready)'));
    expect(part(alice, 'panel')).not.to.equal(null);
  });
});
