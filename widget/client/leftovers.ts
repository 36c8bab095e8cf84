import type { OutboxItem } from './outbox-item.ts';
import type { OutboxAddress, OutboxStorage } from './outbox-storage.ts';

/**
 * Hands what an earlier page left in the outbox to one tab at a time.
 *
 * Several tabs may find the same leftovers. Keys make it harmless that two send the same message, but each would show it
 * and answer for it; so a tab takes them under a lock and keeps it until they are settled. The next tab then finds
 * nothing, or what the first left when it was closed. The lock is given back while there is nothing left to send and when
 * the page goes, because a page that holds one cannot enter the back/forward cache. Where there are no locks (a page
 * without TLS) every tab takes all.
 * @param adopt takes the leftovers over; resolves when none of them still has to be sent
 */
export async function claimLeftovers(
  address: OutboxAddress,
  storage: OutboxStorage,
  adopt: (left: readonly OutboxItem[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const claim = async () => {
    const left = await storage.load(address);
    if (!signal.aborted && left.length > 0) await Promise.race([adopt(left), aborted(signal)]);
  };
  const locks: LockManager | undefined = navigator.locks;
  const name = `meeting-chat ${address.server} ${address.user} ${address.channel}`;
  try {
    await (locks ? locks.request(name, { signal }, claim) : claim());
  } catch {
    // Ended while waiting, or locks are denied to this page: the next page finds the leftovers.
    if (!signal.aborted) await claim();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
