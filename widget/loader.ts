/**
 * The script that a host page names. It finds the elements, waits for the moment that their `load` asks for, and fetches
 * the rest. Until then it sets nothing, stores nothing and connects to nothing.
 */
export {};

type Moment = 'idle' | 'visible' | 'interaction' | 'eager';

const tag = 'meeting-chat';
/** How long an idle moment is waited for. */
const idleTimeoutMs = 3_000;
/** How soon after a failure the rest is fetched again. */
const retryMs = 10_000;
// A live collection: looking at it costs a page that changes a thousand times next to nothing.
const tags = document.getElementsByTagName(tag);
const seen = new WeakSet<Element>();
const watcher = new MutationObserver((changes) => {
  look(tags);
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node instanceof Element) lookInsideLater(node);
});
const insides = new WeakSet<ShadowRoot>();
const awaited = new WeakSet<Element>();
const added: Element[] = [];
let begun = false;

function start(): void {
  if (begun) return;
  begun = true;
  watcher.disconnect();
  import('./define.ts').catch((error: unknown) => {
    console.warn('meeting-chat: not loaded, trying again', error);
    begun = false;
    setTimeout(start, retryMs);
  });
}

function look(elements: Iterable<Element>): void {
  for (const element of elements) {
    if (seen.has(element)) continue;
    seen.add(element);
    arrange(element);
  }
}

/** At an idle moment: by then another component has drawn what it holds. */
function lookInsideLater(element: Element): void {
  if (added.push(element) > 1) return;
  whenIdle(() => {
    for (const holder of added.splice(0)) if (!begun) lookInside(holder);
  });
}

/** Elements within other components, which are in no collection of the page's. */
function lookInside(holder: Element): void {
  for (const element of [holder, ...holder.querySelectorAll('*')]) {
    const { shadowRoot } = element;
    if (!shadowRoot) whenDefined(element);
    if (!shadowRoot || insides.has(shadowRoot)) continue;
    insides.add(shadowRoot);
    watch(shadowRoot);
    look(shadowRoot.querySelectorAll(tag));
    for (const child of shadowRoot.children) lookInside(child);
  }
}

/** A component whose code comes later has its inside only then. */
function whenDefined(element: Element): void {
  if (!element.matches(`:not(:defined, ${tag})`) || awaited.has(element)) return;
  awaited.add(element);
  void customElements.whenDefined(element.localName).then(() => lookInsideLater(element));
}

/** For elements that come later; ended by the first that needs the rest, since from then on all define themselves. */
function watch(root: Document | ShadowRoot): void {
  if (!begun) watcher.observe(root, { childList: true, subtree: true });
}

function whenIdle(act: () => void): void {
  // Safari has no idle callback.
  (window.requestIdleCallback ?? setTimeout)(act, { timeout: idleTimeoutMs });
}

function whenLoaded(act: () => void): void {
  if (document.readyState === 'complete') act();
  else addEventListener('load', act, { once: true });
}

function arrange(element: Element): void {
  const moment = momentOf(element);
  if (moment === 'eager') start();
  else whenLoaded(() => wait[moment](element));
}

const wait = {
  idle: () => whenIdle(start),
  visible(element: Element) {
    const sight = new IntersectionObserver(
      (changes) => {
        if (!changes.some(({ isIntersecting }) => isIntersecting)) return;
        sight.disconnect();
        start();
      },
      { rootMargin: '200px' },
    );
    sight.observe(element);
  },
  interaction: showFacade,
};

function momentOf(element: Element): Moment {
  const asked = element.getAttribute('load');
  if (asked === 'eager') return asked;
  if (asked === 'interaction' || isThrifty()) return 'interaction';
  return asked === 'visible' ? asked : 'idle';
}

/** The visitor has asked for little data, or has a line that carries little. */
function isThrifty(): boolean {
  const line: unknown = Reflect.get(navigator, 'connection');
  if (typeof line !== 'object' || line === null) return false;
  return Reflect.get(line, 'saveData') === true || /2g/.test(String(Reflect.get(line, 'effectiveType')));
}

/** A button in the element's place, as large as the launcher that comes there; it works by pointer and by keyboard. */
function showFacade(element: Element): void {
  // Defined by somebody else in the meantime: the element is there already.
  if (element.shadowRoot) return;
  const root = element.attachShadow({ mode: 'open' });
  const button = document.createElement('button');
  button.textContent = element.getAttribute('heading') || 'Chat';
  // Before the press that is likely to follow.
  button.addEventListener('pointerenter', start);
  button.addEventListener('focus', start);
  // Already when it is pressed down: until it is let go, the launcher may stand in its place.
  for (const press of ['pointerdown', 'click']) {
    button.addEventListener(press, () => {
      element.setAttribute('open', '');
      start();
    });
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    'button{font:600 medium system-ui;min-height:56px;padding:0 20px;border:0;border-radius:28px;background:var(--mc-accent,#0f6b5c);color:var(--mc-on-accent,#fff)}:host(:not([placement=inline])){position:fixed!important;inset:auto!important;inset-block-end:var(--mc-offset,20px)!important;inset-inline-end:var(--mc-offset,20px)!important;z-index:var(--mc-z,2147483000)!important;width:auto!important;height:auto!important;button{display:grid;place-content:center;width:var(--mc-launcher-size,56px);height:var(--mc-launcher-size,56px);padding:0;border-radius:var(--mc-launcher-radius,50%);font-size:0}::before{content:"";width:16px;height:16px;scale:1.6;background:currentColor;clip-path:path("M8 1a7 6 0 1 1-3 11l-4 2 1-4a7 6 0 0 1 6-9")}}',
  );
  root.adoptedStyleSheets = [sheet];
  root.append(button);
}

if (!customElements.get(tag)) {
  look(tags);
  watch(document);
  whenLoaded(() => lookInsideLater(document.documentElement));
}
