/**
 * Types of `<meeting-chat>` in templates of Vue. Nothing to run: `import type {} from 'meeting-chat/vue'`.
 * The function `getToken` is bound as a property: `:getToken.prop="…"`.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { HostEventMap } from '../host-events.ts';
import type { MeetingChat } from '../meeting-chat.ts';
import type { MeetingChatAttributes } from './attributes.ts';

type Emits = { [Name in keyof HostEventMap]: (event: HostEventMap[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'meeting-chat': new () => MeetingChat & {
      $props: HTMLAttributes & MeetingChatAttributes & Partial<Pick<MeetingChat, 'getToken'>> & PublicProps;
      $emit: EmitFn<Emits>;
    };
  }
}
