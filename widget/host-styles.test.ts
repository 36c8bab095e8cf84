/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, part, partOf, parts, settled, show, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('on a page with style sheets of its own kind', () => {
  let sheet: CSSStyleSheet;
  beforeEach(() => {
    // A new one: in WebKit a sheet that no page uses keeps its old rules when it gets others.
    sheet = new CSSStyleSheet();
  });
  afterEach(async () => {
    document.adoptedStyleSheets = [];
    await hideAll();
  });

  const look = (chat: TestChat) => {
    const launcher = part(chat, 'launcher').getBoundingClientRect();
    const { font, color, colorScheme, textAlign } = getComputedStyle(part(chat, 'title'));
    const { fontSize: text, userSelect, wordBreak, hyphens, textShadow } = getComputedStyle(part(chat, 'text'));
    const inText = { text, userSelect, wordBreak, hyphens, textShadow };
    return { x: launcher.x, y: launcher.y, width: launcher.width, font, color, colorScheme, textAlign, ...inText };
  };
  async function open(): Promise<TestChat> {
    const server = new FakeServer();
    server.channel('standup').say('bob', 'hello');
    const chat = show(server, 'alice', { placement: 'floating', open: '', theme: 'dark' });
    await partOf(chat, 'message');
    await settled(chat);
    return chat;
  }

  for (const rules of [
    'test-chat { width: 100%; height: 100% }',
    '* { all: unset }',
    'body * { margin: 20px; padding: 10px; border: 1px solid; color: red; font: 30px monospace; float: left }',
    'button { width: 100% } svg { display: none } h2 { color: red }',
    '* { user-select: none; word-break: break-all; hyphens: auto; text-shadow: 1px 1px red }',
    'html { font-size: 62.5% }',
    'html { font-size: 40px }',
  ]) {
    it(`the floating chat stands and looks the same: ${rules}`, async () => {
      const before = look(await open());
      await hideAll();
      // A page that these rules make larger than the window has scrollbars, which take room where they are not laid over it.
      sheet.replaceSync(`html { scrollbar-width: none } ${rules}`);
      document.adoptedStyleSheets = [sheet];
      expect(look(await open())).to.deep.equal(before);
    });
  }

  it('what comes later has the same size of texts: html { font-size: 62.5% }', async () => {
    sheet.replaceSync('html { font-size: 62.5% }');
    document.adoptedStyleSheets = [sheet];
    const chat = await open();
    part(chat, 'open-settings').click();
    await eventually(() => parts(chat, 'settings').length === 1);
    const setting = part(chat, 'set-sound').closest('label');
    expect(setting && getComputedStyle(setting).fontSize).to.equal('15px');
  });

  it('the page may still hide it', async () => {
    sheet.replaceSync('test-chat { display: none }');
    document.adoptedStyleSheets = [sheet];
    expect((await open()).checkVisibility()).to.equal(false);
  });
});
