/// <reference types="mocha" />
import { expect } from 'chai';
import { html, render } from 'lit';
import { mayHoldLink } from '../link-finder.ts';
import { linkedText } from './linked-text.ts';

function shown(text: string): HTMLElement {
  const box = document.createElement('div');
  render(html`${linkedText(text)}`, box);
  return box;
}
const links = (text: string) => [...shown(text).querySelectorAll('a')];

describe('links in a text', () => {
  const good: [string, string][] = [
    ['see https://example.com/a?b=c#d.', 'https://example.com/a?b=c#d'],
    ['http://example.com', 'http://example.com/'],
    ['example.com/path', 'https://example.com/path'],
    ['write to bob@example.com', 'mailto:bob@example.com'],
    ['(https://example.com/x)', 'https://example.com/x'],
  ];
  for (const [text, href] of good) {
    it(`can be followed, and tell the other side nothing: ${text}`, () => {
      const [link] = links(text);
      expect(link?.href).to.equal(href);
      expect(link?.rel).to.equal('noopener noreferrer nofollow');
      expect(link?.target).to.equal('_blank');
      expect(mayHoldLink(text)).to.equal(true);
    });
  }

  const bad = [
    'javascript:alert(1)',
    'javascript://example.com/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.com/x',
    'blob:https://example.com/1',
  ];
  for (const text of bad) {
    it(`lead nowhere but to the web and to mail: ${text}`, () => {
      for (const link of links(text)) expect(link.href).to.match(/^(https?|mailto):/);
      expect(shown(text).textContent).to.equal(text);
    });
  }

  it('R24: leave the text as it is, letter for letter', () => {
    for (const text of [
      'a https://example.com/"onmouseover="x" b',
      '<a href="https://example.com">x</a> <img src=x onerror=alert(1)>',
      'two\n\nlines https://example.com\n',
      `\${x} {{x}} https://example.com/<!--x-->`,
    ]) {
      const box = shown(text);
      expect(box.textContent).to.equal(text);
      expect(box.querySelectorAll('img, script, [onmouseover]').length).to.equal(0);
    }
  });

  it('are not looked for in a text that holds none', () => {
    for (const text of ['Good morning', 'at 10:30, e.g. here', 'well...', 'a @mention']) {
      expect(mayHoldLink(text)).to.equal(false);
    }
  });
});
