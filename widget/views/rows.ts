import type { Members, MessageEntry, Role } from '../../protocol/entities.ts';
import { indexOfSeq } from '../client/log.ts';
import type { OutboxItem } from '../client/outbox-item.ts';
import { dayNumber } from '../i18n/formats.ts';
import { type Called, calledBy } from './called.ts';
import type { Reach } from './marks.ts';

export type MessageRow = {
  readonly kind: 'message';
  /** Stays the same from the echo to the stored message, so that one becomes the other in place. */
  readonly key: string;
  readonly at: number;
  readonly own: boolean;
  /** The first of its sender's messages in a row; it shows who and when. */
  readonly first: boolean;
  readonly name: string;
  readonly sender: string;
  readonly role: Role;
  readonly source: MessageEntry | OutboxItem;
  /** The message that this one answers. */
  readonly quote: Quote | undefined;
  /** Whom it mentions. */
  readonly called: readonly Called[] | undefined;
  /** Who reads this. */
  readonly me: string | undefined;
  /** Of a message of one's own: how far it has come. */
  readonly reach: Reach | undefined;
  /** Whose names the reactions need. */
  readonly members: Members;
};
/** `message` is undefined while it is out of the window. */
export type Quote = { readonly seq: number; readonly message: MessageEntry | undefined };
export type DayRow = { readonly kind: 'day'; readonly key: string; readonly at: number };
/** Above the first unread message. */
export type UnreadRow = { readonly kind: 'unread'; readonly key: 'unread' };
export type Row = MessageRow | DayRow | UnreadRow;

export type RowsInput = {
  messages: readonly MessageEntry[];
  outbox: readonly OutboxItem[];
  members: Members;
  me: string | undefined;
  role: Role | undefined;
  /** How far a message has come. */
  reach(seq: number): Reach;
  /** The seq behind which what others wrote is unread. */
  unreadAfter: number | undefined;
};

/** Messages of one sender stand together up to this pause. */
const groupPauseMs = 5 * 60_000;

/** What stands on the screen, from top to bottom. */
export function rowsOf({ messages, outbox, members, me, role, reach, unreadAfter }: RowsInput): Row[] {
  const rows: Row[] = [];
  let before: MessageRow | undefined;
  const push = (draft: Omit<MessageRow, 'first' | 'kind' | 'quote' | 'called' | 'me' | 'members' | 'reach'>) => {
    const { source } = draft;
    const called = calledBy(source.mentions, members, me);
    const row = { ...draft, quote: quoteOf(source, messages), called, me, members, reach: reachOf(draft) };
    const sameDay = before !== undefined && dayNumber(before.at) === dayNumber(row.at);
    if (!sameDay) rows.push({ kind: 'day', key: `day-${dayNumber(row.at)}`, at: row.at });
    const first =
      !sameDay || rows.at(-1)?.kind === 'unread' || before?.sender !== row.sender || row.at - before.at > groupPauseMs;
    before = { ...row, kind: 'message', first };
    rows.push(before);
  };
  const reachOf = ({ source, own }: Pick<MessageRow, 'source' | 'own'>) =>
    own && isStored(source) ? reach(source.seq) : undefined;
  let divided = unreadAfter === undefined;
  const stored = new Set<string>();
  for (const message of messages) {
    const { sender, sentAt: at, key, seq } = message;
    const own = sender.id === me;
    if (own && key !== undefined) stored.add(key);
    if (!divided && !own && unreadAfter !== undefined && seq > unreadAfter) {
      rows.push({ kind: 'unread', key: 'unread' });
      divided = true;
    }
    push({
      key: own && key !== undefined ? key : `seq-${seq}`,
      at,
      own,
      name: sender.name,
      sender: sender.id,
      role: sender.role ?? members[sender.id]?.role ?? 'participant',
      source: message,
    });
  }
  for (const item of outbox) {
    if (me === undefined || stored.has(item.key)) continue;
    push({
      key: item.key,
      at: item.createdAt,
      own: true,
      name: members[me]?.name ?? me,
      sender: me,
      role: role ?? 'participant',
      source: item,
    });
  }
  return rows;
}

function quoteOf({ replyTo }: MessageRow['source'], messages: readonly MessageEntry[]): Quote | undefined {
  return replyTo === undefined ? undefined : { seq: replyTo, message: messages[indexOfSeq(messages, replyTo)] };
}

export function isStored(source: MessageEntry | OutboxItem): source is MessageEntry {
  return 'sentAt' in source;
}
