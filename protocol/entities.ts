import { type Static, Type } from 'typebox';
import { limits } from './limits.ts';

// Schemas give the types and the validators; the widget takes only the types from here.

/** Of a channel. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9._:@+-]{1,128}$', description: 'A channel id.' });
/** Of a user: what the token's `sub` says. Some providers part it by a bar, as in `auth0|5f7c`. */
export const UserId = Type.String({ pattern: '^[A-Za-z0-9._:@+|-]{1,128}$', description: 'A user id.' });
/** The sender's own name for a message: a UUID, or another string of this alphabet that the sender never uses twice. */
export const Key = Type.String({
  pattern: '^[A-Za-z0-9._:@+-]{1,64}$',
  description: 'The sender’s own name for a message.',
});
/** The number of an entry in its channel: 1, 2, 3 … */
export const Seq = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
/** A seq, or 0 for "before the first". */
export const Since = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
/** Milliseconds since the epoch. */
export const Time = Type.Integer({ minimum: 0 });
/** Not blank. `limits.textBytes` is checked beside the schema, because a schema counts characters and not bytes. */
export const Text = Type.String({ pattern: '\\S', maxLength: limits.textBytes });
export const Limit = Type.Integer({ minimum: 1, maximum: limits.pageMax });

export const ChannelKind = Type.Union([Type.Literal('meeting'), Type.Literal('group'), Type.Literal('direct')]);
export type ChannelKind = Static<typeof ChannelKind>;

export const Role = Type.Union([Type.Literal('organizer'), Type.Literal('participant')]);
export type Role = Static<typeof Role>;

/** `open`: members write. `closed`: read only, for all but organizers. `ended`: read only for all. */
export const ChannelState = Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('ended')]);
export type ChannelState = Static<typeof ChannelState>;

/** `mask`: stars in the place of the word. `hold`: an organizer decides. `reject`: refused. */
export const FilterAction = Type.Union([
  Type.Literal('off'),
  Type.Literal('mask'),
  Type.Literal('hold'),
  Type.Literal('reject'),
]);
export type FilterAction = Static<typeof FilterAction>;

/** Words that are not wanted. `*` at an end of a word lets letters follow there. */
export const ChannelFilter = Type.Object({
  action: FilterAction,
  /** Those that English-speaking people take offence at. */
  english: Type.Boolean(),
  words: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: limits.filterWordLength }), { maxItems: limits.filterWords }),
  ),
});
export type ChannelFilter = Static<typeof ChannelFilter>;

export const ChannelSettings = Type.Object({
  state: ChannelState,
  /** Whether participants of a meeting may write to each other in private. */
  directMessages: Type.Boolean(),
  /** Messages are kept for so many days, and then taken away; 0 or nothing: for ever. */
  retainDays: Type.Optional(Type.Integer({ minimum: 0, maximum: limits.retainDays })),
  /** Its words are told to organizers only. */
  filter: Type.Optional(ChannelFilter),
  /** Of a direct channel that was made inside a meeting: that meeting. */
  meeting: Type.Optional(Id),
  /** Of a direct channel: the two whom it belongs to. */
  between: Type.Optional(Type.Array(UserId, { minItems: 2, maxItems: 2 })),
});
export type ChannelSettings = Static<typeof ChannelSettings>;

export const Channel = Type.Object({
  id: Id,
  kind: ChannelKind,
  title: Type.String({ maxLength: limits.titleLength }),
  settings: ChannelSettings,
});
export type Channel = Static<typeof Channel>;

/** Who wrote it, under the name that they had then. `role` stands there only for an organizer. */
export const Sender = Type.Object({
  id: UserId,
  name: Type.String({ maxLength: limits.nameLength }),
  role: Type.Optional(Role),
});
export type Sender = Static<typeof Sender>;

/** emoji → the users who set it, in the order they did. */
export const Reactions = Type.Record(Type.String(), Type.Array(UserId));
export type Reactions = Static<typeof Reactions>;

/** What a reader has blocked stands in its place, so that seq has no gap, without its words and without its sender's name. */
const Hidden = Type.Optional(Type.Literal(true));

export const MessageEntry = Type.Object({
  seq: Seq,
  type: Type.Literal('message'),
  /** Snowflake, a decimal string: unique over all instances, sortable by time. */
  id: Type.String(),
  key: Type.Optional(Key),
  sender: Sender,
  /** Empty after a delete. */
  text: Type.String(),
  sentAt: Time,
  /** The seq of the message that this one answers. */
  replyTo: Type.Optional(Seq),
  mentions: Type.Optional(Type.Array(UserId)),
  reactions: Type.Optional(Reactions),
  editedAt: Type.Optional(Time),
  deletedAt: Type.Optional(Time),
  hidden: Hidden,
});
export type MessageEntry = Static<typeof MessageEntry>;

const change = { seq: Seq, target: Seq, by: UserId, at: Time };
// A change carries the resulting state of what it changed, so that applying it twice is harmless.
export const EditEntry = Type.Object({
  ...change,
  type: Type.Literal('edit'),
  /** Empty once the message was deleted. */
  text: Type.String(),
  mentions: Type.Optional(Type.Array(UserId)),
  hidden: Hidden,
});
export type EditEntry = Static<typeof EditEntry>;
export const DeleteEntry = Type.Object({ ...change, type: Type.Literal('delete') });
export type DeleteEntry = Static<typeof DeleteEntry>;
export const ReactionEntry = Type.Object({
  ...change,
  type: Type.Literal('reaction'),
  emoji: Type.String(),
  on: Type.Boolean(),
  /** All reactions of the target after this change. */
  reactions: Reactions,
  hidden: Hidden,
});
export type ReactionEntry = Static<typeof ReactionEntry>;
export const SystemEntry = Type.Object({
  seq: Seq,
  type: Type.Literal('system'),
  event: Type.Union([Type.Literal('title'), Type.Literal('state')]),
  /** The new title, or the new state. */
  value: Type.String(),
  by: UserId,
  at: Time,
});
export type SystemEntry = Static<typeof SystemEntry>;

/** One item of a channel's log. */
export const Entry = Type.Union([MessageEntry, EditEntry, DeleteEntry, ReactionEntry, SystemEntry]);
export type Entry = Static<typeof Entry>;
export type ChangeEntry = EditEntry | DeleteEntry | ReactionEntry;

/** A member's two watermarks; they never go down. */
export const Receipt = Type.Object({ delivered: Since, read: Since });
export type Receipt = Static<typeof Receipt>;
export type Receipts = { [user: string]: Receipt };
/** How many members' watermarks have come to `seq`: in a large channel, instead of each member's own. */
export type ReceiptCounts = { seq: number; delivered: number; read: number };

export const PresenceState = Type.Union([Type.Literal('online'), Type.Literal('offline')]);
export type PresenceState = Static<typeof PresenceState>;
export type Presence = { state: PresenceState; lastSeen?: number };

/** A member as the other members see them. */
export const Member = Type.Object({
  name: Type.String(),
  role: Role,
  state: PresenceState,
  /** Of one who is offline. */
  lastSeen: Type.Optional(Time),
  picture: Type.Optional(Type.String()),
  muted: Type.Optional(Type.Boolean()),
});
export type Member = Static<typeof Member>;
export type Members = { [user: string]: Member };
