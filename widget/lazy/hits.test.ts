/// <reference types="mocha" />
import { expect } from 'chai';
import { stretchesOf } from './hits.ts';

/** With brackets around the hits. */
function shown(text: string, query: string): string {
  return stretchesOf(text, query)
    .map((stretch) => (stretch.isHit ? `[${stretch.text}]` : stretch.text))
    .join('');
}

describe('what a search has found in a text', () => {
  it('whole words, whatever their case and accents', () => {
    expect(shown('The Café: a CAFÉ, no cafeteria', 'cafe the')).to.equal('[The] [Café]: a [CAFÉ], no cafeteria');
    expect(shown('cafe\u0301, İstanbul', 'café istanbul')).to.equal('[cafe\u0301], [İstanbul]');
    expect(shown('Straße 1, Straße 12', 'straße 1')).to.equal('[Straße] [1], [Straße] 12');
  });

  it('words of scripts without spaces, wherever they stand', () => {
    expect(shown('今日は東京タワーに行く', '東京')).to.equal('今日は[東京]タワーに行く');
    expect(shown('東京plan, plan', '東京 plan')).to.equal('[東京][plan], [plan]');
    expect(shown('の東京plan', '東京plan')).to.equal('の[東京][plan]');
    expect(shown('がくせい', 'がく')).to.equal('[がく]せい');
  });

  it('signs take no hit out of its place', () => {
    expect(shown('😀 ﬁne 👩‍👩‍👧 plan', 'plan fine')).to.equal('😀 [ﬁne] 👩‍👩‍👧 [plan]');
    expect(shown('no <mark> "plan"', 'plan')).to.equal('no <mark> "[plan]"');
  });

  it('a long text begins a few words before the first hit, and no character is cut in two', () => {
    const before = 'word '.repeat(100);
    expect(shown(`${before}and the plan`, 'plan')).to.equal(`…${'word '.repeat(6)}and the [plan]`);
    expect(shown(`${'😀'.repeat(100)}plan`, 'plan')).to.equal(`…${'😀'.repeat(40)}[plan]`);
    expect(shown('short before the plan', 'plan')).to.equal('short before the [plan]');
  });

  it('nothing of the query in it: the text as it is', () => {
    expect(shown('a'.repeat(200), 'plan')).to.equal('a'.repeat(200));
  });
});
