/**
 * Types of `<meeting-chat>` in templates of Vue. Nothing to run: `import type {} from 'meeting-chat/vue'`.
 * The function `getToken` is bound as a property: `:getToken.prop="…"`.
 */
import type { EmitFn, PublicProps } from 'vue';
import type { HostEventMap } from '../host-events.ts';
import type { MeetingChat } from '../meeting-chat.ts';
import type { MeetingChatAttributes } from './attributes.ts';

type Emits = { [Name in keyof HostEventMap]: (event: HostEventMap[Name]) => void };

/** Vue's compiler asks for the properties of what a template writes as attributes: `token-storage` as `tokenStorage`. */
type Properties = Partial<Pick<MeetingChat, 'tokenStorage' | 'tokenCookie' | 'getToken'>>;

declare module 'vue' {
  // What a page puts into the element names its place there. Vue's own types leave the attribute out.
  interface HTMLAttributes {
    slot?: string | undefined;
  }
  interface GlobalComponents {
    'meeting-chat': new () => MeetingChat & {
      $props: HTMLAttributes & MeetingChatAttributes & Properties & PublicProps;
      $emit: EmitFn<Emits>;
    };
  }
}
