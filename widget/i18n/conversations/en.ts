/** The texts of the switcher and of the conversations beside the meeting, which come with them. */
export type ConversationStrings = {
  readonly conversations: string;
  /** Who is in the conversation that is the meeting itself. */
  readonly everyone: string;
  readonly group: string;
  readonly isPrivate: string;
  /** Of one person. */
  readonly isOnline: string;
  readonly isOffline: string;
  lastSeen(moment: string): string;
  readonly writePrivately: string;
  /** What the input is called, like `writeIn` in a group. */
  writeTo(name: string): string;
  writeIn(title: string): string;
  /** Above the input. */
  privatelyTo(name: string): string;
  /** Who sees a private conversation. */
  onlyBoth(name: string): string;
  readonly groupHint: string;
  /** For a screen reader, like `saidIn`. */
  saidPrivately(name: string, text: string): string;
  saidIn(title: string, name: string, text: string): string;
  readonly privateOff: string;
  /** The server refuses it; why is nobody’s business. */
  notTaken(name: string): string;
  /** The reader was taken out of it, or it was deleted. */
  conversationOver(title: string): string;
};

export const conversations: ConversationStrings = {
  conversations: 'Conversations',
  everyone: 'Everyone in the meeting',
  group: 'Group',
  isPrivate: 'Private',
  isOnline: 'Online',
  isOffline: 'Offline',
  lastSeen: (moment) => `Last seen ${moment}`,
  writePrivately: 'Message privately',
  writeTo: (name) => `Private message to ${name}`,
  writeIn: (title) => `Message to ${title}`,
  privatelyTo: (name) => `Private, to ${name}`,
  onlyBoth: (name) => `Only you and ${name} see what you write here.`,
  groupHint: 'Everyone in this group sees what you write here.',
  saidPrivately: (name, text) => `Private message from ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} in ${title}: ${text}`,
  privateOff: 'An organizer has turned private messages off.',
  notTaken: (name) => `${name} cannot be written to in private now.`,
  conversationOver: (title) => `The conversation “${title}” was closed for you.`,
};
