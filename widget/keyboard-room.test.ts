/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, input, part, partOf, show, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

/** The part of the page that is in sight, as a phone with an on-screen keyboard has it. */
class FakeViewport extends EventTarget {
  height = innerHeight;
  offsetTop = 0;
  scale = 1;

  become(change: Partial<Pick<FakeViewport, 'height' | 'offsetTop' | 'scale'>>, event: 'resize' | 'scroll'): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event(event));
  }
}

describe('an on-screen keyboard', () => {
  let server: FakeServer;
  let viewport: FakeViewport;
  const real = Object.getOwnPropertyDescriptor(window, 'visualViewport');
  beforeEach(() => {
    server = new FakeServer();
    viewport = new FakeViewport();
    Object.defineProperty(window, 'visualViewport', { configurable: true, value: viewport });
    Object.defineProperty(navigator, 'maxTouchPoints', { configurable: true, value: 5 });
  });
  afterEach(async () => {
    await hideAll();
    if (real) Object.defineProperty(window, 'visualViewport', real);
    Reflect.deleteProperty(navigator, 'maxTouchPoints');
  });

  async function writing(placement: string): Promise<TestChat> {
    const alice = show(server, 'alice', { placement, open: '' });
    await partOf(alice, 'empty');
    input(alice).focus();
    // Where it stands when it has come.
    await Promise.all(alice.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []);
    return alice;
  }
  const bottom = (chat: TestChat, name: string) => part(chat, name).getBoundingClientRect().bottom;
  const top = (chat: TestChat) => part(chat, 'panel').getBoundingClientRect().top;

  it('leaves the composer in sight, wherever the page has scrolled to, and gives the room back', async () => {
    const alice = await writing('floating');
    const before = bottom(alice, 'panel');
    const half = Math.round(innerHeight / 2);
    viewport.become({ height: half }, 'resize');
    // The code that listens is on its way: it looks when it comes.
    await eventually(() => bottom(alice, 'composer') <= half);
    expect(top(alice)).to.be.at.least(0);
    viewport.become({ offsetTop: 60 }, 'scroll');
    expect(bottom(alice, 'composer')).to.be.at.most(half + 60);
    expect(top(alice)).to.be.at.least(60);
    viewport.become({ height: innerHeight, offsetTop: 0 }, 'resize');
    expect(bottom(alice, 'panel')).to.equal(before);
  });

  it('is none when the reader has zoomed in', async () => {
    const alice = await writing('floating');
    const before = bottom(alice, 'panel');
    viewport.become({ height: innerHeight / 2 }, 'resize');
    await eventually(() => bottom(alice, 'panel') < before);
    viewport.become({ scale: 2 }, 'resize');
    expect(bottom(alice, 'panel')).to.equal(before);
  });

  it('leaves an element in the page where the page has put it', async () => {
    const alice = await writing('inline');
    const before = bottom(alice, 'panel');
    viewport.become({ height: innerHeight / 2 }, 'resize');
    const floating = await writing('floating');
    await eventually(() => bottom(floating, 'composer') <= innerHeight / 2);
    expect(bottom(alice, 'panel')).to.equal(before);
  });

  it('is listened to as long as the element is on the page', async () => {
    let listeners = 0;
    const { addEventListener: add } = viewport;
    viewport.addEventListener = (name: string, listener: EventListener, { signal }: AddEventListenerOptions) => {
      listeners += 1;
      signal?.addEventListener('abort', () => {
        listeners -= 1;
      });
      add.call(viewport, name, listener, { signal: signal ?? null } as AddEventListenerOptions);
    };
    const alice = await writing('floating');
    await eventually(() => listeners === 2);
    alice.remove();
    expect(listeners).to.equal(0);
  });
});
