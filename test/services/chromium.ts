import { needProgram } from './programs.ts';

export { chromiumFlags } from './chromium-flags.mjs';

/**
 * `CHROMIUM_PATH`, the system's, or the one on the PATH.
 * @throws ServiceMissing
 */
export function chromiumPath(): string {
  const advice = 'Chromium is not here (Debian: apt-get install chromium)';
  return needProgram(advice, process.env.CHROMIUM_PATH, '/usr/bin/chromium', 'chromium');
}
