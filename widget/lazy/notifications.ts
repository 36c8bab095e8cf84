import type { MessageEntry } from '../../protocol/entities.ts';

/** More of a text does not fit on any system's notification. */
const bodyLength = 200;

/** `missing`: this browser, or this page without TLS, has none. */
export type Permission = NotificationPermission | 'missing';

export function permission(): Permission {
  return typeof Notification === 'function' ? Notification.permission : 'missing';
}

/** Asks the reader, by the browser's own question. Call it only because they clicked for it. */
export async function ask(): Promise<Permission> {
  if (permission() !== 'default') return permission();
  try {
    return await Notification.requestPermission();
  } catch {
    return 'denied';
  }
}

/** Shows a message outside of the page; one takes the place of the other. `come`: the reader wants to see it. */
export function notify({ sender, text }: MessageEntry, channel: string, come: () => void): void {
  if (permission() !== 'granted') return;
  try {
    const shown = new Notification(sender.name, { body: text.slice(0, bodyLength), tag: `meeting-chat:${channel}` });
    shown.onclick = () => {
      window.focus();
      come();
      shown.close();
    };
  } catch {
    // Phones have them only for pages with a service worker, and say so by throwing.
  }
}
