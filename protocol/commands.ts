import { type Static, Type } from 'typebox';
import type { Channel, Entry, Members, MessageEntry, Receipts, Role } from './entities.ts';
import { Id, Key, Limit, Seq, Since, Text, UserId } from './entities.ts';
import type { ErrorBody } from './errors.ts';
import { limits } from './limits.ts';

/** The payloads of the client's events. What has no schema here has no handler. */
export const commandSchemas = {
  join: Type.Object({
    channel: Id,
    since: Type.Optional(Since),
    limit: Type.Optional(Limit),
    passcode: Type.Optional(Type.String({ maxLength: limits.passcodeLength })),
  }),
  leave: Type.Object({ channel: Id }),
  send: Type.Object({
    channel: Id,
    key: Key,
    text: Text,
    replyTo: Type.Optional(Seq),
    mentions: Type.Optional(Type.Array(UserId, { maxItems: limits.mentions })),
    /** None can be sent yet: a list with anything in it is refused instead of being dropped in silence. */
    attachments: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 0 })),
  }),
  edit: Type.Object({ channel: Id, seq: Seq, text: Text }),
  delete: Type.Object({ channel: Id, seq: Seq }),
  react: Type.Object({
    channel: Id,
    seq: Seq,
    emoji: Type.String({ minLength: 1, maxLength: limits.emojiLength, pattern: '^\\S+$' }),
    on: Type.Boolean(),
  }),
  sync: Type.Object({ channel: Id, since: Since, limit: Type.Optional(Limit) }),
  history: Type.Object({
    channel: Id,
    before: Type.Optional(Seq),
    after: Type.Optional(Since),
    around: Type.Optional(Seq),
    limit: Type.Optional(Limit),
  }),
  search: Type.Object({
    q: Type.Optional(Type.String({ maxLength: limits.queryLength })),
    channel: Type.Optional(Id),
    from: Type.Optional(UserId),
    mentions: Type.Optional(Type.Literal('me')),
    limit: Type.Optional(Limit),
  }),
  receipt: Type.Object({ channel: Id, delivered: Type.Optional(Since), read: Type.Optional(Since) }),
  typing: Type.Object({ channel: Id, on: Type.Boolean() }),
  heartbeat: Type.Object({ heads: Type.Record(Id, Since, { additionalProperties: false }) }),
  authenticate: Type.Object({ token: Type.String({ maxLength: 16_384 }) }),
} as const;

export type CommandName = keyof typeof commandSchemas;
export type Payload<Name extends CommandName> = Static<(typeof commandSchemas)[Name]>;

/** What a command answers when it succeeds; on the wire it stands beside `ok: true`. */
export type Answers = {
  join: {
    channel: Channel;
    role: Role;
    head: number;
    entries: Entry[];
    /** There is more than fits: newer entries with `since` (fetch by `sync`), older ones without (fetch by `history`). */
    more: boolean;
    receipts: Receipts;
    members: Members;
    /** For organizers: how many messages wait for them; more than 100 are told as 100. */
    held?: number;
  };
  leave: object;
  send: { seq: number; id: string; sentAt: number };
  edit: { seq: number };
  delete: { seq: number };
  react: { seq: number };
  sync: { entries: Entry[]; head: number; more: boolean };
  history: { messages: MessageEntry[]; hasBefore: boolean; hasAfter: boolean };
  search: { messages: (MessageEntry & { channel: string })[]; more: boolean };
  receipt: object;
  typing: object;
  heartbeat: { heads: { [channel: string]: number } };
  authenticate: { expiresAt: number };
};

export type Ok<Name extends CommandName> = { ok: true } & Answers[Name];
export type Refused = { ok: false; error: ErrorBody };
export type Answer<Name extends CommandName> = Ok<Name> | Refused;
