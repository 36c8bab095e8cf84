import type { HostEventMap } from './host-events.ts';
import { MeetingChat } from './meeting-chat.ts';

/** Defines `<meeting-chat>`, unless another copy of this code was faster: two script tags on a page do no harm. */
if (!customElements.get('meeting-chat')) customElements.define('meeting-chat', MeetingChat);

export type { HostEventDetails, HostEventMap } from './host-events.ts';
export { MeetingChat };

declare global {
  interface HTMLElementTagNameMap {
    'meeting-chat': MeetingChat;
  }
  // An interface, because only those can be added to.
  interface HTMLElementEventMap extends HostEventMap {}
  // They bubble: a page may listen where its elements come and go.
  interface DocumentEventMap extends HostEventMap {}
  interface WindowEventMap extends HostEventMap {}
}
