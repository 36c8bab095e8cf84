import { needProgram } from './programs.ts';

/** What Chromium needs to run as root in a container, and to stay silent on the network. */
export const chromiumFlags: readonly string[] = Object.freeze([
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]);

/**
 * `CHROMIUM_PATH`, the system's, or the one on the PATH.
 * @throws ServiceMissing
 */
export function chromiumPath(): string {
  const advice = 'Chromium is not here (Debian: apt-get install chromium)';
  return needProgram(advice, process.env.CHROMIUM_PATH, '/usr/bin/chromium', 'chromium');
}
