import type { Channel, Members, ReceiptCounts, Receipts, Role } from '../../protocol/entities.ts';
import type { LeftCode } from '../../protocol/events.ts';
import type { Log } from './log.ts';
import type { OutboxItem } from './outbox-item.ts';
import type { FailureCode } from './wire.ts';

export type Phase =
  /** Not joined yet on any connection; there is nothing to show but the outbox. */
  | { name: 'joining' }
  | { name: 'live' }
  /** What is shown may be behind: the connection was lost, or missed entries are being fetched. */
  | { name: 'resuming' }
  /** The server does not let the user in. */
  | { name: 'refused'; code: FailureCode }
  /** The server has taken the user out of the channel. */
  | { name: 'left'; code: LeftCode };

/** Whether a page of history is on its way. */
export type Paging = 'idle' | 'older' | 'newer' | 'failed';

/** All that is known of a channel. Never changed, only followed by another. */
export type ChannelState = {
  readonly phase: Phase;
  /** The user id of whoever reads this. */
  readonly me: string | undefined;
  readonly channel: Channel | undefined;
  readonly role: Role | undefined;
  readonly members: Members;
  readonly receipts: Receipts;
  /** In a large channel, instead of the others' receipts. */
  readonly counts: ReceiptCounts | undefined;
  /** Others who write just now. */
  readonly typing: readonly string[];
  /** Undefined until the channel was joined for the first time. */
  readonly log: Log | undefined;
  readonly outbox: readonly OutboxItem[];
  readonly paging: Paging;
  /** How many messages wait for the reader, who is an organizer: another object each time that it is told. */
  readonly held: { readonly count: number };
};

export const initialChannelState: ChannelState = {
  phase: { name: 'joining' },
  me: undefined,
  channel: undefined,
  role: undefined,
  members: {},
  receipts: {},
  counts: undefined,
  typing: [],
  log: undefined,
  outbox: [],
  paging: 'idle',
  held: { count: 0 },
};
