/** What happens to the page as a whole. */
export type PageMoment =
  /** The network is back, or the page is looked at again: a good moment to try. */
  | 'awake'
  /** The page is being left; it may come back out of the back/forward cache, which an open socket would bar it from. */
  | 'gone'
  /** It came back out of that cache. */
  | 'back';

export interface PageLife {
  /** What the browser believes; it can be wrong in both directions, so it only words what is shown. */
  readonly online: boolean;
  /** Returns what ends it. */
  watch(listener: (moment: PageMoment) => void): () => void;
}

export const browserPage: PageLife = {
  get online() {
    return navigator.onLine;
  },
  watch(listener) {
    const ends = new AbortController();
    const { signal } = ends;
    addEventListener('online', () => listener('awake'), { signal });
    addEventListener('pagehide', () => listener('gone'), { signal });
    addEventListener('pageshow', (event) => event.persisted && listener('back'), { signal });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener('awake'), {
      signal,
    });
    return () => ends.abort();
  },
};
