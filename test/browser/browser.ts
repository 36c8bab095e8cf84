import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { onTestFailed, test } from 'vitest';
import { chromiumFlags, chromiumPath } from '../services/chromium.ts';
import { withService } from '../services/process.ts';

const executablePath = await withService(async () => chromiumPath());

/** A test that needs a browser. Where there is none it is skipped, and its file's hooks with it. */
export const browserTest: ReturnType<typeof test.skipIf> = test.skipIf(executablePath === undefined);

/** A person at a browser of their own: nothing of another person's storage or cookies. */
export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong on any of their pages: errors, failed requests, violations of the Content Security Policy. */
  readonly troubles: string[];
}

export interface TestBrowser {
  /** For the running test. `token` lies in `localStorage` under `jwt` before any script of a page runs. */
  person(token?: string): Promise<Person>;
  close(): Promise<void>;
}

/** `backForwardCache`: it keeps pages that were left, as browsers do, and as driven ones do not by default. */
export async function openBrowser({ backForwardCache = false } = {}): Promise<TestBrowser> {
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...chromiumFlags],
    ignoreDefaultArgs: backForwardCache ? ['--disable-back-forward-cache'] : [],
  });
  return {
    async person(token) {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
      const troubles: string[] = [];
      await context.exposeBinding('reportViolation', (_source, violation: string) =>
        troubles.push(`violation: ${violation}`),
      );
      await context.addInitScript(watchViolations);
      if (token !== undefined) await context.addInitScript(keepToken, token);
      context.on('weberror', (error) => troubles.push(`error: ${error.error().message}`));
      context.on('console', (message) => {
        if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
      });
      onTestFailed(() => console.error('what went wrong in the browser:', troubles));
      return { page: await context.newPage(), context, troubles };
    },
    close: () => browser.close(),
  };
}

/** Runs in the page. */
function watchViolations(): void {
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
    const report = Reflect.get(window, 'reportViolation');
    if (typeof report === 'function') report(`${violatedDirective} ${blockedURI} ${sourceFile ?? ''}`);
  });
}

/** Runs in the page; the blank one that a browser begins with has no storage. */
function keepToken(jwt: string): void {
  if (location.protocol.startsWith('http')) localStorage.setItem('jwt', jwt);
}
