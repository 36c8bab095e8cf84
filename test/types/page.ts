// Compiled, never run: what a page without any framework gets from the package's types.
import type { MeetingChat } from 'meeting-chat';
import type {} from 'meeting-chat/client';

export function listen(): void {
  const chat: MeetingChat | null = document.querySelector('meeting-chat');
  chat?.addEventListener('mc-unread-change', ({ detail }) => detail.unread.toFixed());
  chat?.addEventListener('mc-error', ({ detail }) => detail.code === 'removed' && detail.key?.length);
  document.addEventListener('mc-message', ({ detail }) => detail.message.text.toUpperCase());
  window.addEventListener('mc-ready', ({ detail }) => detail.channel.toUpperCase());
  // @ts-expect-error an event tells nothing else
  chat?.addEventListener('mc-ready', ({ detail }) => detail.room);
}
