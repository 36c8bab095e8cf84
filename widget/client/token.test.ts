/// <reference types="mocha" />
import { expect } from 'chai';
import { fakeToken } from '../testing/fake-token.ts';
import { readToken, renewalWaitMs } from './token.ts';
import { fromCookie, fromFunction, fromStorage } from './token-source.ts';

describe('a token', () => {
  it('tells who its bearer is and when it expires', () => {
    expect(readToken(fakeToken('алиса-ł', { exp: 1_700_000_000 }))).to.deep.equal({
      user: 'алиса-ł',
      expiresAt: 1_700_000_000_000,
    });
  });

  for (const bad of ['', 'x', 'a.b.c', 'a.bnVsbA.c', 'a.e30.c', `${fakeToken('')}`]) {
    it(`that is none has no bearer: ${bad.slice(0, 12)}`, () => {
      expect(readToken(bad)).to.equal(undefined);
    });
  }
});

describe('R20: the next token is asked for', () => {
  const waitMs = (leftMs: number) => renewalWaitMs(fakeToken('alice', { exp: (Date.now() + leftMs) / 1000 })) ?? 0;

  it('a minute ahead; of a short-lived one when half of its rest is over, and never in a rush', () => {
    expect(waitMs(3_600_000)).to.be.within(3_500_000, 3_540_000);
    expect(waitMs(60_000)).to.be.within(29_000, 30_000);
    expect(waitMs(300)).to.equal(1_000);
  });

  it('no later than a timer can wait, and not at all where none expires or it is too late', () => {
    expect(waitMs(1e12)).to.equal(2 ** 31 - 1);
    expect(renewalWaitMs(fakeToken('alice'))).to.equal(undefined);
    expect(renewalWaitMs(undefined)).to.equal(undefined);
    expect(waitMs(-1)).to.equal(0);
  });
});

describe('R20: where the token comes from', () => {
  afterEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  it('localStorage wins over sessionStorage', async () => {
    const source = fromStorage('jwt');
    expect(await source.get()).to.equal(undefined);
    sessionStorage.setItem('jwt', 'of the session');
    expect(await source.get()).to.equal('of the session');
    localStorage.setItem('jwt', 'kept');
    expect(await source.get()).to.equal('kept');
  });

  it('a cookie', async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: this is how a host page without the Cookie Store API does it.
    document.cookie = `chat_jwt=${encodeURIComponent('a.b=;.c')}`;
    expect(await fromCookie('chat_jwt').get()).to.equal('a.b=;.c');
    expect(await fromCookie('jwt').get()).to.equal(undefined);
  });

  it('a function, at once or by promise; a failure is no token now', async () => {
    expect(await fromFunction(() => 'now').get()).to.equal('now');
    expect(await fromFunction(async () => 'soon').get()).to.equal('soon');
    expect(await fromFunction(() => Promise.reject(new Error('not signed in'))).get()).to.equal(undefined);
  });

  it('a function that never answers gives no token now', async () => {
    expect(await fromFunction(() => new Promise(() => undefined), 1).get()).to.equal(undefined);
  });
});
