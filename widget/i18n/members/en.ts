import type { ChannelState } from '../../../protocol/entities.ts';

/** The texts of the list of members and of the organizer’s form, which come with it. */
export type MemberStrings = {
  readonly closeMembers: string;
  readonly isMuted: string;
  readonly mute: string;
  readonly unmute: string;
  readonly remove: string;
  readonly removeAsk: string;
  readonly title: string;
  readonly whoWrites: string;
  readonly done: string;
  meetingState(state: ChannelState): string;
};

export const members: MemberStrings = {
  closeMembers: 'Close the list of members',
  isMuted: 'muted',
  mute: 'Mute',
  unmute: 'Unmute',
  remove: 'Remove',
  removeAsk: 'Really remove',
  title: 'Title',
  whoWrites: 'Who can write',
  done: 'Done.',
  meetingState: (state) =>
    ({ open: 'Everyone', closed: 'Organizers only', ended: 'Nobody: the meeting has ended' })[state],
};
