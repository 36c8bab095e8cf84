import type { MemberStrings } from './strings.ts';

export const members: MemberStrings = {
  closeMembers: 'Close the list of members',
  isOnline: 'Online',
  isOffline: 'Offline',
  isMuted: 'muted',
  mute: 'Mute',
  unmute: 'Unmute',
  remove: 'Remove',
  removeAsk: 'Really remove',
  title: 'Title',
  whoWrites: 'Who can write',
  done: 'Done.',
  lastSeen: (moment) => `Last seen ${moment}`,
  meetingState: (state) =>
    ({ open: 'Everyone', closed: 'Organizers only', ended: 'Nobody: the meeting has ended' })[state],
};
