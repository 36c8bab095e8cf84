import type {
  Channel,
  ChannelKind,
  ChannelSettings,
  DeleteEntry,
  EditEntry,
  Entry,
  MessageEntry,
  ReactionEntry,
  Receipt,
  Role,
  Sender,
  SystemEntry,
} from '../../protocol/entities.ts';

/**
 * What a store promises, and what its caller owes. Both stores pass `storage-suite.ts`.
 *
 * A method that cannot reach the store, or cannot make its write durable, rejects; its effect is then unknown and the
 * caller asks again: every write may be repeated without harm. Reads see every write that was resolved before they began.
 */
export interface Storage {
  /** Of this database and no other, for as long as it is there: by it, what stands on it is told from what else shares a Redis. */
  readonly deployment: string;
  readonly log: LogStore;
  readonly channels: ChannelStore;
  readonly receipts: ReceiptStore;
  readonly users: UserStore;
  readonly workers: WorkerStore;
  readonly held: HeldStore;
  readonly audit: AuditStore;
  /**
   * Takes the user out of everything: profile, memberships, receipts, blocks, held messages; names, keys, mentions and
   * reactions in the log, whatever they wrote, and who they were in the audit log. `instead` stands where someone must.
   * Entries keep their place. May take long.
   */
  erase(user: string, instead: string): Promise<void>;
  /** Resolves when a write would be durable now; rejects when not, within a second. */
  probe(): Promise<void>;
  /** Waits for what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/** An entry with the seq that its instance would like it to have. `channel` is always set. */
export type NewMessage = Omit<MessageEntry, 'reactions' | 'editedAt' | 'deletedAt' | 'key'> & {
  channel: string;
  key: string;
};
export type NewChange =
  | ({ channel: string } & EditEntry)
  | ({ channel: string } & DeleteEntry)
  | ({ channel: string } & Omit<ReactionEntry, 'reactions'>)
  | ({ channel: string } & SystemEntry);
export type NewEntry = NewMessage | NewChange;

export type AppendOutcome =
  /** Durable now. The entry as every reader will see it. */
  | { kind: 'stored'; entry: Entry }
  /** This channel holds a message of this sender with this key: here it is, as it stands now. */
  | { kind: 'duplicate'; entry: MessageEntry }
  /** Not stored: the seq is taken, or an earlier entry of the same channel in this batch was not stored. Try a higher seq. */
  | { kind: 'taken' }
  /** A change that would change nothing, such as a delete of a deleted message: it is so since the entry with this seq. */
  | { kind: 'unchanged'; seq: number }
  /** A change whose target is no message of this channel, or an edit of or reaction to a deleted one. */
  | { kind: 'missing' }
  /** One more different reaction to a message that has as many as it may. */
  | { kind: 'full' };

export type Page = { messages: MessageEntry[]; hasBefore: boolean; hasAfter: boolean };
export type PageAt = { before: number } | { after: number } | { around: number };

export type SearchQuery = {
  /** Nothing outside of these is looked at. */
  channels: readonly string[];
  /** Words that must all occur, in any order, without regard to case or accents. */
  words?: string;
  /** Sent by this user. */
  from?: string;
  /** Mentioning this user. */
  mentions?: string;
  /** Sent by none of these. */
  hidden?: readonly string[];
  limit: number;
};
export type Found = { messages: (MessageEntry & { channel: string })[]; more: boolean };

/** The channels' logs. */
export interface LogStore {
  /**
   * Stores the batch durably, in its order, and answers an outcome for each, in the same order.
   * Compare-and-swap: an entry is stored only where its (channel, seq) is free, and only behind all earlier entries of its
   * channel in this batch; so whatever happens at whatever moment, a channel's log has no gap that this call made.
   * A key that is stored already is a duplicate, whatever became of the seq.
   * A change is stored together with its effect on its target, or not at all; that of a `system` entry is the title or
   * state of its channel, where there is a record of it. A delete takes the text out of the message
   * and out of every edit of it, in every index too.
   * The caller owes: seqs that follow one another within a channel and a batch, starting behind the head it believes in.
   */
  append(batch: readonly NewEntry[]): Promise<AppendOutcome[]>;
  /** The head of each channel; 0 where it has no entry. One round trip for all. */
  heads(channels: readonly string[]): Promise<Map<string, number>>;
  /** Entries with seq > since, ascending, at most `limit`. */
  after(channel: string, since: number, limit: number): Promise<Entry[]>;
  /** The last `limit` entries, ascending. */
  latest(channel: string, limit: number): Promise<Entry[]>;
  /**
   * A page of messages only, ascending, in their present state. `around` puts the message with that seq (or its next
   * neighbours) in the middle.
   */
  page(channel: string, at: PageAt, limit: number): Promise<Page>;
  message(channel: string, seq: number): Promise<MessageEntry | undefined>;
  /** The message of this sender with this key, as it stands now. */
  withKey(channel: string, sender: string, key: string): Promise<MessageEntry | undefined>;
  /** Newest first. Deleted messages are never found. At least one of words, from, mentions is given. */
  search(query: SearchQuery): Promise<Found>;
  /** Messages of this user that are not deleted, of any channels, at most `limit`. May take long. */
  writtenBy(user: string, limit: number): Promise<{ channel: string; seq: number }[]>;
  /**
   * Takes the channel's entries from before `time` away, from its first one up to the first that is newer, and never the
   * head; of that, where it is an old edit, only the words. `after` answers a delete of itself for each of them from then
   * on; nothing else finds them. May take long.
   */
  expire(channel: string, time: number): Promise<void>;
  /** Messages with seq > since that neither `user` nor one of `hidden` sent and that are not deleted, counted up to `cap`. */
  countAfter(channel: string, since: number, user: string, cap: number, hidden?: readonly string[]): Promise<number>;
}

export type StoredChannel = Channel & {
  createdAt: number;
  /** Who made it; an organizer for ever. */
  owner?: string;
  /** scrypt, with its salt; see `auth/passcode.ts`. */
  passcodeHash?: string;
};
export type ChannelPatch = { title?: string; settings?: Partial<ChannelSettings>; passcodeHash?: string | null };
export type StoredMember = {
  user: string;
  role: Role;
  joinedAt: number;
  muted?: boolean;
  /** Removed by an organizer: the record stays, so that a token that names the meeting does not let them back in. */
  removed?: boolean;
  /** May enter a meeting that their token does not name. Others who were there once are held for the list of members only. */
  invited?: boolean;
  /** An organizer gave them their role: it wins over the token's. */
  appointed?: boolean;
};
/** A change to a membership; what is left out stays as it is. */
export type MemberPatch = {
  user: string;
  role?: Role;
  muted?: boolean;
  removed?: boolean;
  invited?: boolean;
  appointed?: boolean;
  at: number;
};

export interface ChannelStore {
  get(id: string): Promise<StoredChannel | undefined>;
  /** Makes it where there is none; answers the one that is there now. */
  create(channel: StoredChannel): Promise<StoredChannel>;
  update(id: string, patch: ChannelPatch): Promise<StoredChannel | undefined>;
  /**
   * Takes away the channel with its log, members, receipts and held messages. `remains`, a channel of the same id, stands in
   * its place from the first moment on, so that nobody makes it anew while its log is still going, or after.
   */
  remove(id: string, remains?: StoredChannel): Promise<void>;
  /** Marks that who may do what in it has changed: every mark is another than all before. Nothing where there is no channel. */
  revise(id: string): Promise<void>;
  /** The last mark of each of these; one that has none is not in the answer. One round trip for all. */
  revisions(ids: readonly string[]): Promise<Map<string, string>>;
  member(channel: string, user: string): Promise<StoredMember | undefined>;
  /** The records of these users, of the removed ones too; who has none is not in the answer. */
  membersNamed(channel: string, users: readonly string[]): Promise<Map<string, StoredMember>>;
  /**
   * Makes or changes a membership; fields that are left out stay as they are (`joinedAt` is set once). A role that comes
   * without `appointed` says what a token says, and does not touch one that an organizer gave.
   */
  putMember(channel: string, member: MemberPatch): Promise<StoredMember>;
  /** Not the removed ones; organizers first, then by time of joining. */
  members(channel: string, limit: number): Promise<StoredMember[]>;
  /** Those with `retainDays`. */
  retaining(): Promise<{ id: string; days: number }[]>;
  /** Channels that hold the user as a member and have not removed them, newest membership first. */
  ofUser(user: string, filter?: { kind?: ChannelKind }): Promise<{ channel: StoredChannel; member: StoredMember }[]>;
}

export interface ReceiptStore {
  /** Merges by maximum, field by field, and remembers when `read` was raised. One round trip for all. */
  merge(
    marks: readonly { channel: string; user: string; delivered: number; read: number; at: number }[],
  ): Promise<void>;
  /** Of these users, or of every member when left out. Users without one are not in the answer. */
  ofChannel(channel: string, users?: readonly string[]): Promise<Map<string, Receipt>>;
  ofUser(user: string, channels: readonly string[]): Promise<Map<string, Receipt>>;
  /** When these users' `read` came to this seq; where that was long ago, at the latest. Who has not read it is not in the answer. */
  readAt(channel: string, seq: number, users: readonly string[]): Promise<Map<string, number>>;
  /** How many members' watermarks have come to this seq. */
  countAt(channel: string, seq: number): Promise<Receipt>;
}

export type StoredUser = {
  id: string;
  name: string;
  picture?: string;
  /** Where the identity comes from: the token's `iss`, and its `sub` there. */
  provider?: string;
  lastSeen?: number;
};

export interface UserStore {
  /** Makes or refreshes the profile; does not touch `lastSeen`. */
  put(user: Omit<StoredUser, 'lastSeen'>): Promise<void>;
  get(ids: readonly string[]): Promise<Map<string, StoredUser>>;
  /** Never goes back. */
  seen(marks: readonly { user: string; at: number }[]): Promise<void>;
  block(user: string, blocked: string): Promise<void>;
  unblock(user: string, blocked: string): Promise<void>;
  blockedBy(user: string): Promise<string[]>;
}

/** A message that waits for an organizer. */
export type HeldMessage = {
  channel: string;
  sender: Sender;
  key: string;
  text: string;
  replyTo?: number;
  mentions?: string[];
  at: number;
  /** `approving`: on its way into the log; where that was cut off it can only be approved again. */
  state: HeldState;
};
export type HeldState = 'waiting' | 'approving' | 'approved' | 'refused';

export type HeldAddress = { channel: string; user: string; key: string };

export interface HeldStore {
  /** Once per channel, sender and key: a second one changes nothing. */
  put(message: HeldMessage): Promise<void>;
  get(at: HeldAddress): Promise<HeldMessage | undefined>;
  /** Those that wait or are on their way, the oldest first. */
  list(channel: string, limit: number): Promise<HeldMessage[]>;
  /** As many as would be listed. */
  count(channel: string, limit: number): Promise<number>;
  /**
   * Where it is in one of the states `from`, it is in `state` from now on, and the answer is true. Once it is decided its text is
   * gone; that it was decided is kept, for whoever sends it again.
   */
  settle(at: HeldAddress, from: readonly HeldState[], state: HeldState): Promise<boolean>;
  /** Takes away what was held in the channel before `time`, decided or not. Answers whether there was any. */
  expire(channel: string, time: number): Promise<boolean>;
}

/** Something that was refused, or was done to others. */
export type AuditRecord = {
  at: number;
  actor: string;
  /** The event or the route. */
  action: string;
  /** `failed`: part of it may have been done. */
  outcome: 'denied' | 'done' | 'failed';
  channel?: string;
  /** Whom it was done to. */
  subject?: string;
  /** How often within a short time. */
  times: number;
};

/** What an erased user is called in the audit log. */
export const erasedUser = 'erased';

/** What is in it is never altered and never removed; only whom it speaks of can be forgotten, by `erase`. */
export interface AuditStore {
  append(records: readonly AuditRecord[]): Promise<void>;
  /** The newest first. */
  list(limit: number): Promise<AuditRecord[]>;
}

/** Numbers that name the living instances in the ids they make. */
export interface WorkerStore {
  /** Leases the lowest number in 0 … max that nobody holds at `now`, until `now + ttlMs`; rejects when all are held. */
  claim(holder: string, max: number, now: number, ttlMs: number): Promise<number>;
  /** False when the lease was lost: another may hold the number. */
  renew(holder: string, worker: number, now: number, ttlMs: number): Promise<boolean>;
  release(holder: string, worker: number): Promise<void>;
}
