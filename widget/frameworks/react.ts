/**
 * Types of `<meeting-chat>` in JSX, for React 19. Nothing to run: `import type {} from 'meeting-chat/react'`.
 * The function `getToken` is no attribute, and the element may come later than React: set it by a `ref`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { HostEventMap } from '../host-events.ts';
import type { MeetingChat } from '../meeting-chat.ts';
import type { MeetingChatAttributes } from './attributes.ts';

type Listeners = { [Name in keyof HostEventMap as `on${Name}`]?: (event: HostEventMap[Name]) => void };

/** What `<meeting-chat>` takes in JSX. */
export type MeetingChatProps = DetailedHTMLProps<HTMLAttributes<MeetingChat>, MeetingChat> &
  MeetingChatAttributes &
  Listeners;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'meeting-chat': MeetingChatProps;
    }
  }
}
