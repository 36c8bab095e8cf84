/// <reference types="mocha" />
import { expect } from 'chai';
import { eventually } from './testing/until.ts';

const rest = '/widget/define.ts';
const script = '<script type="module" async src="/widget/loader.ts"></script>';

describe('the loader', () => {
  const frames = new Set<HTMLIFrameElement>();
  afterEach(() => {
    for (const frame of frames) frame.remove();
    frames.clear();
  });

  /** A host page of its own. */
  function open(body: string): { window: Window; document: Document } {
    const frame = document.createElement('iframe');
    frame.style.cssText = 'width: 400px; height: 300px';
    frame.srcdoc = `<!doctype html><body>${body}`;
    document.body.append(frame);
    frames.add(frame);
    const { contentWindow: window, contentDocument } = frame;
    if (!window || !contentDocument) throw new Error('no page');
    return {
      window,
      get document() {
        return frame.contentDocument ?? contentDocument;
      },
    };
  }

  const fetched = (window: Window, path: string) =>
    window.performance.getEntriesByType('resource').some(({ name }) => new URL(name).pathname === path);
  // Read anew each time: the frame's first document is not the one that it is given.
  const ready = (page: { document: Document }, count = 1) =>
    eventually(() => page.document.querySelectorAll('meeting-chat:defined').length === count);

  it('R25: fetches nothing but itself before the page’s own load event', async () => {
    const name = crypto.randomUUID();
    const page = open(`${script}<meeting-chat></meeting-chat><img src="/held/${name}">`);
    await eventually(() => fetched(page.window, '/widget/loader.ts'));
    // A round trip that began after the loader ran; whatever it had begun would be there by then.
    for (let i = 0; i < 5; i += 1) await fetch(`/widget/client/cell.ts?${i}`);
    expect(page.document.readyState).to.equal('interactive');
    expect(fetched(page.window, rest)).to.equal(false);
    await fetch(`/release/${name}`);
    await ready(page);
  });

  it('R25: load="eager" does not wait', async () => {
    const name = crypto.randomUUID();
    const page = open(`${script}<meeting-chat load="eager"></meeting-chat><img src="/held/${name}">`);
    await ready(page);
    expect(page.document.readyState).to.equal('interactive');
    await fetch(`/release/${name}`);
  });

  it('load="visible" waits until the element is near', async () => {
    const page = open(
      `${script}<div style="height:3000px"></div><meeting-chat load="visible" placement="inline"></meeting-chat>`,
    );
    await eventually(() => page.document.readyState === 'complete' && fetched(page.window, '/widget/loader.ts'));
    await fetch('/widget/client/cell.ts?visible');
    expect(fetched(page.window, rest)).to.equal(false);
    page.document.querySelector('meeting-chat')?.scrollIntoView();
    await ready(page);
  });

  it('load="interaction" shows a button, which becomes the open chat', async () => {
    const page = open(`${script}<meeting-chat load="interaction" heading="Ask us"></meeting-chat>`);
    await eventually(() => page.document.querySelector('meeting-chat')?.shadowRoot?.querySelector('button') != null);
    const button = page.document.querySelector('meeting-chat')?.shadowRoot?.querySelector('button');
    expect(button?.textContent).to.equal('Ask us');
    expect(fetched(page.window, rest)).to.equal(false);
    button?.focus();
    button?.click();
    await ready(page);
    await eventually(() => page.document.activeElement?.shadowRoot?.activeElement?.localName === 'textarea');
    expect(page.document.querySelectorAll('meeting-chat').length).to.equal(1);
  });

  it('load="interaction" is fetched by the focus alone, which the launcher then has', async () => {
    const page = open(`${script}<meeting-chat load="interaction"></meeting-chat>`);
    const root = () => page.document.querySelector('meeting-chat')?.shadowRoot;
    await eventually(() => root()?.querySelector('button') !== undefined && root()?.querySelector('button') !== null);
    root()?.querySelector('button')?.focus();
    await ready(page);
    await eventually(() => root()?.activeElement?.getAttribute('part') === 'launcher');
  });

  it('finds elements that come later', async () => {
    const page = open(script);
    await eventually(() => page.document.readyState === 'complete' && fetched(page.window, '/widget/loader.ts'));
    page.document.body.append(page.document.createElement('meeting-chat'));
    await ready(page);
  });

  it('finds elements within other components, also those that come later', async () => {
    for (const isLater of [false, true]) {
      const page = open(`${script}<div></div>`);
      await eventually(() => fetched(page.window, '/widget/loader.ts'));
      if (isLater) await eventually(() => page.document.readyState === 'complete');
      const outer = page.document.createElement('div');
      const inner = page.document.createElement('p');
      outer.attachShadow({ mode: 'open' }).append(inner);
      inner.attachShadow({ mode: 'open' }).innerHTML = '<meeting-chat></meeting-chat>';
      page.document.body.append(outer);
      await eventually(() => inner.shadowRoot?.querySelector('meeting-chat:defined') != null);
    }
  });

  it('finds elements within a component whose own code comes later', async () => {
    const page = open(`${script}<late-one></late-one>`);
    await eventually(() => page.document.readyState === 'complete' && fetched(page.window, '/widget/loader.ts'));
    await new Promise((idle) => (page.window.requestIdleCallback ?? page.window.setTimeout)(idle));
    const code = page.document.createElement('script');
    code.textContent = `customElements.define('late-one', class extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: 'open' }).innerHTML = '<meeting-chat></meeting-chat>';
      }
    })`;
    page.document.head.append(code);
    const inside = page.document.querySelector('late-one')?.shadowRoot;
    await eventually(() => inside?.querySelector('meeting-chat:defined') != null);
  });

  it('load="interaction" stands where the launcher will, and is as large', async () => {
    const page = open(`${script}<meeting-chat load="interaction" heading="Questions and answers"></meeting-chat>`);
    const chat = () => page.document.querySelector('meeting-chat');
    await eventually(() => chat()?.shadowRoot?.querySelector('button') != null);
    const facade = chat()?.shadowRoot?.querySelector('button');
    const { x, y, width, height } = facade?.getBoundingClientRect() ?? new DOMRect();
    facade?.dispatchEvent(new PointerEvent('pointerenter'));
    await ready(page);
    await eventually(() => chat()?.shadowRoot?.querySelector('[part~="launcher"]') != null);
    const launcher = chat()?.shadowRoot?.querySelector('[part~="launcher"]')?.getBoundingClientRect();
    expect([launcher?.x, launcher?.y, launcher?.width, launcher?.height]).to.deep.equal([x, y, width, height]);
  });

  it('load="interaction" opens the chat as soon as it is pressed down', async () => {
    const page = open(`${script}<meeting-chat load="interaction"></meeting-chat>`);
    const chat = () => page.document.querySelector('meeting-chat');
    await eventually(() => chat()?.shadowRoot?.querySelector('button') != null);
    chat()?.shadowRoot?.querySelector('button')?.dispatchEvent(new PointerEvent('pointerdown'));
    await ready(page);
    await eventually(() => chat()?.shadowRoot?.querySelector('[part~="input"]') != null);
  });

  it('does no harm when it is named twice', async () => {
    const twice = '<script type="module" async src="/widget/loader.ts?other"></script>';
    const errors: unknown[] = [];
    const page = open(`${script}${twice}<meeting-chat></meeting-chat><meeting-chat></meeting-chat>`);
    page.window.addEventListener('error', ({ message }) => errors.push(message));
    page.window.addEventListener('unhandledrejection', ({ reason }) => errors.push(reason));
    await ready(page, 2);
    expect(errors).to.deep.equal([]);
  });

  it('leaves no cookie and no storage on a page where nobody chats', async () => {
    const page = open(`${script}<meeting-chat></meeting-chat>`);
    await ready(page);
    expect(page.document.cookie).to.equal('');
    expect(page.window.localStorage.length).to.equal(0);
    expect(await page.window.indexedDB.databases()).to.deep.equal([]);
  });
});
