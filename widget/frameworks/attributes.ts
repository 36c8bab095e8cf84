import type { MeetingChat } from '../meeting-chat.ts';

/** The attributes of `<meeting-chat>`, as a template writes them. */
export type MeetingChatAttributes = Partial<
  Pick<MeetingChat, 'server' | 'meeting' | 'placement' | 'theme' | 'lang' | 'heading'>
> & {
  'token-storage'?: string | undefined;
  'token-cookie'?: string | undefined;
  load?: 'idle' | 'visible' | 'interaction' | 'eager' | undefined;
  open?: boolean | undefined;
};
