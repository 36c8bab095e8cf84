import { afterEach, beforeEach, vi } from 'vitest';
import { LocalPresence } from './local-presence.ts';
import { presenceSuite } from './presence-suite.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

presenceSuite('the presence of an instance that is alone', {
  open: (leaseMs) => new LocalPresence({ leaseMs }),
  connected: false,
  elapse: (ms) => vi.advanceTimersByTimeAsync(ms),
});
