/** A message as a reader was shown it, or as the store holds it. */
export type Shown = { seq: number; key: string; sender: string; text: string };

/** What careful clients did and saw in one channel; times in ms of one clock. */
export type History = {
  /** In the order in which each sender gave them; one sender's next is sent after the ack of the one before. */
  sent: { at: number; sender: string; key: string; text: string }[];
  acks: { at: number; key: string; seq: number; id: string }[];
  /** By reader: what was added to its log, in the order in which that happened. */
  shown: Map<string, (Shown & { at: number })[]>;
};

export function emptyHistory(): History {
  return { sent: [], acks: [], shown: new Map() };
}
