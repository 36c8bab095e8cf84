/** The texts of the list of messages that wait for an organizer, which come with it. */
export type HeldStrings = {
  /** So many wait. */
  waiting(count: number, formatted: string): string;
  readonly heldMessages: string;
  readonly closeHeld: string;
  readonly noneWaits: string;
  readonly letThrough: string;
  readonly refuse: string;
  /** For a screen reader, like `wasRefused`: of a message. */
  readonly wasLetThrough: string;
  readonly wasRefused: string;
};

export const held: HeldStrings = {
  waiting: (count, formatted) =>
    count === 1 ? '1 message waits for approval' : `${formatted} messages wait for approval`,
  heldMessages: 'Waiting messages',
  closeHeld: 'Close the list of waiting messages',
  noneWaits: 'No message waits.',
  letThrough: 'Let through',
  refuse: 'Refuse',
  wasLetThrough: 'Let through.',
  wasRefused: 'Refused.',
};
