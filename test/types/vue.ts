// Compiled, never run: what a template of Vue may bind, and what it may not.
import type {} from 'meeting-chat/vue';
import type { AnchorHTMLAttributes, GlobalComponents } from 'vue';

type Chat = InstanceType<GlobalComponents['meeting-chat']>;
type Props = Chat['$props'];

export const usual: Props = {
  server: 'https://chat.example.com',
  meeting: 'standup',
  'token-cookie': 'jwt',
  tokenStorage: 'jwt',
  theme: 'dark',
  open: true,
  class: 'chat',
  getToken: async () => 'a.b.c',
};

export const inside: AnchorHTMLAttributes = { slot: 'header', href: '/help' };

// @ts-expect-error there is no such theme
export const wrongValue: Props = { theme: 'blue' };

export function emits(
  emit: Chat['$emit'],
  event: CustomEvent<{ readonly unread: number; readonly mentions: number }>,
): void {
  emit('mc-unread-change', event);
  // @ts-expect-error there is no such event
  emit('mc-typed', event);
}
