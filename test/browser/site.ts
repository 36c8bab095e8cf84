import { afterAll, beforeAll } from 'vitest';
import { type Instance, startInstance } from '../instance.ts';
import { openBrowser, type TestBrowser } from './browser.ts';
import { type Host, startHost } from './host.ts';

/** What the tests of one file share; there from the first test on. */
export type Site = { host: Host; browser: TestBrowser; server: Instance };

/** Somebody's web site, a chat server that lets its pages in, and a browser; begun before a file's tests and ended after them. `origins`: others that the server lets in. `backForwardCache`: the browser keeps pages that were left, as browsers do. */
export function useSite({
  origins = [],
  backForwardCache = false,
}: {
  origins?: string[];
  backForwardCache?: boolean;
} = {}): () => Site {
  let site: Site | undefined;
  beforeAll(async () => {
    const host = await startHost();
    site = {
      host,
      server: await startInstance({ env: { ALLOWED_ORIGINS: [host.origin, ...origins].join() } }),
      browser: await openBrowser({ backForwardCache }),
    };
  });
  afterAll(async () => {
    await site?.browser.close();
    await site?.server.remove();
    await site?.host.close();
  });
  return () => {
    if (site === undefined) throw new Error('the site is there from the first test on');
    return site;
  };
}
