import { type Static, Type } from 'typebox';
import { commandSchemas } from './commands.ts';
import {
  Channel,
  ChannelSettings,
  ChannelState,
  Id,
  Key,
  Member,
  MessageEntry,
  PresenceState,
  Receipt,
  Role,
  Seq,
  Since,
  Text,
  Time,
  UserId,
} from './entities.ts';
import { limits } from './limits.ts';

// What goes over HTTP, beside what it shares with the events.

const Title = Type.String({ minLength: 1, maxLength: limits.titleLength, pattern: '\\S' });
const Passcode = Type.String({ minLength: limits.passcodeMinLength, maxLength: limits.passcodeLength });

/** `POST /messages`: from one user to another. */
export const DirectMessage = Type.Object({
  /** The token's own user; anyone for a service. */
  sender_ID: UserId,
  receiver_ID: UserId,
  type: Type.Literal('text'),
  text: Text,
  key: Type.Optional(Key),
});
export type DirectMessage = Static<typeof DirectMessage>;

/** A message as `/messages` tells it. */
export const PlainMessage = Type.Object({
  id: Type.String(),
  channel: Id,
  seq: Seq,
  sender_ID: UserId,
  /** null outside of direct channels */
  receiver_ID: Type.Union([UserId, Type.Null()]),
  type: Type.Literal('text'),
  text: Type.String(),
  sent_at: Time,
});
export type PlainMessage = Static<typeof PlainMessage>;

export const NewGroup = Type.Object({
  kind: Type.Optional(Type.Literal('group')),
  title: Title,
  passcode: Type.Optional(Passcode),
});
export type NewGroup = Static<typeof NewGroup>;
export const NewMeeting = Type.Object({
  kind: Type.Literal('meeting'),
  /** Only for a meeting that the token names with the role `organizer`; made up when left out. */
  id: Type.Optional(Id),
  title: Type.Optional(Title),
});
export type NewMeeting = Static<typeof NewMeeting>;
export const NewDirect = Type.Object({
  kind: Type.Literal('direct'),
  /** The other one. */
  user: UserId,
  /** Inside of this meeting, whose organizers may turn such channels off. */
  meeting: Type.Optional(Id),
});
export type NewDirect = Static<typeof NewDirect>;
export const NewChannel = Type.Union([NewGroup, NewMeeting, NewDirect]);
export type NewChannel = Static<typeof NewChannel>;

export const ChannelPatch = Type.Object(
  {
    title: Type.Optional(Title),
    /** Short for `settings.state`. */
    state: Type.Optional(ChannelState),
    settings: Type.Optional(
      Type.Partial(Type.Pick(ChannelSettings, ['state', 'directMessages', 'retainDays', 'filter'])),
    ),
    /** Of a group; null takes it away. */
    passcode: Type.Optional(Type.Union([Passcode, Type.Null()])),
  },
  { minProperties: 1 },
);
export type ChannelPatch = Static<typeof ChannelPatch>;

export const MemberPatch = Type.Object({ role: Type.Optional(Role), muted: Type.Optional(Type.Boolean()) });
export type MemberPatch = Static<typeof MemberPatch>;

export const Entrance = Type.Object({ passcode: Type.Optional(Type.String({ maxLength: limits.passcodeLength })) });

export const NewMessage = Type.Object({
  key: Type.Optional(Key),
  text: Text,
  replyTo: Type.Optional(Seq),
  mentions: Type.Optional(Type.Array(UserId, { maxItems: limits.mentions })),
  attachments: commandSchemas.send.properties.attachments,
});
export const NewText = Type.Object({ text: Text });

const { channel: _, ...placeInHistory } = commandSchemas.history.properties;
export const HistoryQuery = Type.Object(placeInHistory);
export const SearchQuery = commandSchemas.search;
export const UnreadQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.unreadListed })),
});

/** The other one of a direct channel. */
export const Person = Type.Object({
  id: UserId,
  name: Type.String(),
  picture: Type.Optional(Type.String()),
  state: PresenceState,
  lastSeen: Type.Optional(Time),
});
export type Person = Static<typeof Person>;

/** A channel as one of its members sees it in the list of theirs. */
export const ChannelSummary = Type.Object({
  ...Channel.properties,
  role: Role,
  muted: Type.Optional(Type.Boolean()),
  head: Since,
  /** Messages of others beyond one's own `read`, counted up to `limits.unreadCounted`. */
  unread: Type.Integer({ minimum: 0, maximum: limits.unreadCounted }),
  /** One's own watermarks. */
  receipt: Receipt,
  last: Type.Optional(MessageEntry),
  with: Type.Optional(Person),
});
export type ChannelSummary = Static<typeof ChannelSummary>;

export const ChannelDetails = Type.Object({
  ...ChannelSummary.properties,
  /** At most `limits.membersListed`, organizers first. */
  members: Type.Record(UserId, Member),
  /** Whether it can be joined by a passcode. */
  passcode: Type.Boolean(),
});
export type ChannelDetails = Static<typeof ChannelDetails>;

export const ChannelMember = Type.Object({ user: UserId, ...Member.properties, joinedAt: Time });
export type ChannelMember = Static<typeof ChannelMember>;

/** A message and where it stands. */
export const PlacedMessage = Type.Object({ channel: Id, ...MessageEntry.properties });
export type PlacedMessage = Static<typeof PlacedMessage>;

/** Who has got a message, its sender left out. */
export const MessageReceipts = Type.Object({
  seq: Seq,
  /** How many members have got it, and have read it. */
  delivered: Type.Integer({ minimum: 0 }),
  read: Type.Integer({ minimum: 0 }),
  /** Of the members that are listed with the channel. `readAt`: when it was read; where that was long ago, at the latest. */
  members: Type.Record(
    UserId,
    Type.Object({ delivered: Type.Boolean(), read: Type.Boolean(), readAt: Type.Optional(Time) }),
  ),
});
export type MessageReceipts = Static<typeof MessageReceipts>;

export const Profile = Type.Object({
  id: UserId,
  name: Type.String(),
  picture: Type.Optional(Type.String()),
  /** Who vouches for the identity: the token's `iss`; `id` is its `sub` there. */
  provider: Type.Optional(Type.String()),
});
export type Profile = Static<typeof Profile>;
