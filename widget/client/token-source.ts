/** Gives the present token; called before every attempt to connect, so that a renewed token is found. */
export type GetToken = () => string | null | undefined | Promise<string | null | undefined>;

/** Where tokens come from. */
export interface TokenSource {
  /** Two sources with the same `id` are the same source: all that use it share one connection to a server. */
  readonly id: string | GetToken;
  /** The present token, or `undefined` when there is none. Never rejects. */
  get(): Promise<string | undefined>;
}

/** A token under a key of `localStorage`, else of `sessionStorage`. */
export function fromStorage(key: string): TokenSource {
  return source(`storage:${key}`, () => localStorage.getItem(key) ?? sessionStorage.getItem(key));
}

/** A token in a cookie that scripts may read. */
export function fromCookie(name: string): TokenSource {
  return source(`cookie:${name}`, () => {
    const found = document.cookie.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`));
    return found === undefined ? undefined : decodeURIComponent(found.slice(name.length + 1));
  });
}

/** A token from the host page's own code; none where it has given none within `waitMs`: a request may never be answered. */
export function fromFunction(getToken: GetToken, waitMs = 30_000): TokenSource {
  return source(getToken, () => Promise.race([getToken(), passed(waitMs)]));
}

function passed(waitMs: number): Promise<undefined> {
  return new Promise((resolve) => {
    AbortSignal.timeout(waitMs).onabort = () => resolve(undefined);
  });
}

function source(id: TokenSource['id'], getToken: GetToken): TokenSource {
  return {
    id,
    async get() {
      try {
        const token: unknown = await getToken();
        // A line break at its end is easily fetched with it.
        return typeof token === 'string' ? token.trim() || undefined : undefined;
      } catch {
        // Storage can be blocked, and the host's function can fail: both mean "no token now", and are asked again.
        return undefined;
      }
    },
  };
}
