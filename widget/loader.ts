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
const watcher = new MutationObserver(look);
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

function look(): void {
  for (const element of tags) {
    if (seen.has(element)) continue;
    seen.add(element);
    arrange(element);
  }
}

function arrange(element: Element): void {
  const moment = momentOf(element);
  if (moment === 'eager') start();
  else if (document.readyState === 'complete') wait[moment](element);
  else addEventListener('load', () => wait[moment](element), { once: true });
}

const wait = {
  // Safari has no idle callback.
  idle: () => (window.requestIdleCallback ?? setTimeout)(start, { timeout: idleTimeoutMs }),
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
  if (asked === 'eager' || asked === 'visible' || asked === 'interaction') return asked;
  return isThrifty() ? 'interaction' : 'idle';
}

/** The visitor has asked for little data, or has a line that carries little. */
function isThrifty(): boolean {
  const line: unknown = Reflect.get(navigator, 'connection');
  if (typeof line !== 'object' || line === null) return false;
  return Reflect.get(line, 'saveData') === true || /2g/.test(String(Reflect.get(line, 'effectiveType')));
}

/** A button in the element's place, which works by pointer and by keyboard and becomes the chat. */
function showFacade(element: Element): void {
  // Defined by somebody else in the meantime: the element is there already.
  if (element.shadowRoot) return;
  const root = element.attachShadow({ mode: 'open' });
  const button = document.createElement('button');
  button.textContent = element.getAttribute('heading') ?? 'Chat';
  // Before the press that is likely to follow.
  button.addEventListener('pointerenter', start);
  button.addEventListener('focus', start);
  button.addEventListener('click', () => {
    element.setAttribute('open', '');
    start();
  });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ':host(:not([placement=inline])){position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000}button{font:600 1rem system-ui;min-height:56px;padding:0 20px;border:0;border-radius:28px;background:var(--mc-accent,#0f6b5c);color:var(--mc-on-accent,#fff)}',
  );
  root.adoptedStyleSheets = [sheet];
  root.append(button);
}

if (!customElements.get(tag)) {
  look();
  // For elements that come later; ended by the first that needs the rest, since from then on all define themselves.
  if (!begun) watcher.observe(document, { childList: true, subtree: true });
}
