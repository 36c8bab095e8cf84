/** Speaks for the element to a screen reader. */
export interface Announcer {
  /** Says the text soon, after what is being said. Several at once become one; a function is asked for its text only then. */
  say(text: string | (() => string)): void;
  stop(): void;
}

/** Long enough that a burst of messages becomes one announcement, short enough to belong to the moment. */
const batchMs = 700;

/**
 * Announces by `ariaNotify` where the browser has it. Elsewhere by a polite live region in the host's light DOM, since
 * several screen readers do not hear one that stands in a shadow root. The region is there for a batch's time before its
 * first text, because one that comes together with its text is not read; and not from the start, because a framework that
 * hydrates what a server rendered gives up where it finds an element more.
 */
export function announcerFor(host: HTMLElement): Announcer {
  // A page that comes back from a snapshot of its HTML has the region of the element that it was taken of.
  host.querySelector('[slot=announcer]')?.remove();
  const notify: unknown = Reflect.get(host, 'ariaNotify');
  let region: HTMLElement | undefined;
  let waiting: (string | (() => string))[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const text = waiting.map((text) => (typeof text === 'string' ? text : text())).join('\n');
    waiting = [];
    timer = undefined;
    if (region) {
      // The page may have replaced all that stood in the element.
      if (!region.isConnected) host.append(region);
      region.textContent = text;
    }
    if (typeof notify === 'function') notify.call(host, text);
  };
  return {
    say(text) {
      waiting.push(text);
      if (typeof notify !== 'function') region ??= addRegion(host);
      timer ??= setTimeout(flush, batchMs);
    },
    stop() {
      clearTimeout(timer);
      region?.remove();
    },
  };
}

function addRegion(host: HTMLElement): HTMLElement {
  const region = document.createElement('div');
  region.slot = 'announcer';
  region.setAttribute('aria-live', 'polite');
  host.append(region);
  return region;
}
