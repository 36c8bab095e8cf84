import type { Answers, CommandName, Payload } from '../../protocol/commands.ts';
import type { Entry } from '../../protocol/entities.ts';
import type { Auditor } from '../audit/auditor.ts';
import type { Grant } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import type { Identity } from '../auth/identity.ts';
import type { PasscodeTries } from '../auth/passcode-tries.ts';
import type { Action } from '../auth/permissions.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Bus } from '../bus/bus.ts';
import type { Mentions } from '../channels/mentions.ts';
import type { People } from '../channels/people.ts';
import type { Profiles } from '../channels/profiles.ts';
import type { Filters } from '../filter/filters.ts';
import type { Feeds } from '../gateway/feeds.ts';
import type { Gate } from '../gateway/gate.ts';
import type { Grants } from '../gateway/grants.ts';
import type { Live } from '../gateway/live.ts';
import type { RateLimiter } from '../gateway/rate-limiter.ts';
import type { Session } from '../gateway/session.ts';
import type { Committer } from '../log/committer.ts';
import type { Log } from '../logger.ts';
import type { PresenceFanOut } from '../presence/fan-out.ts';
import type { PresenceRegistry } from '../presence/presence.ts';
import type { ReceiptWriter } from '../receipts/receipt-writer.ts';
import type { SharedReads } from '../shared-reads.ts';
import type { Storage } from '../storage/storage.ts';

/** What commands and routes work with. */
export type Parts = {
  storage: Storage;
  committer: Committer;
  feeds: Feeds;
  bus: Bus;
  tokens: Tokens;
  access: Grants;
  presence: PresenceRegistry;
  people: PresenceFanOut;
  receipts: ReceiptWriter;
  live: Live;
  mentions: Mentions;
  profiles: Profiles;
  passcodeTries: PasscodeTries;
  /** Through which every join goes. */
  gate: Gate;
  /** By channel. */
  sharedPeople: SharedReads<People>;
  /** By channel, where they begin, and limit. */
  sharedEntries: SharedReads<Entry[]>;
  log: Log;
  limiter: RateLimiter;
  filters: Filters;
  auditor: Auditor;
  /** ms since epoch */
  now: () => number;
  /** A session goes on under another identity: of the same user, with a later end. */
  authenticated: (session: Session, identity: Identity) => void;
};

export type Call<Name extends CommandName, Who extends Caller = Session> = {
  parts: Parts;
  caller: Who;
  payload: Payload<Name>;
};

type Run<Name extends CommandName, Who extends Caller, Extra> = (
  call: Call<Name, Who> & Extra,
) => Answers[Name] | Promise<Answers[Name]>;

/**
 * A command about one channel says what its caller must be allowed to do there, and is given what they are. One that any
 * `Caller` may give is run by HTTP routes too; the others are about a connection.
 */
export type Command<Name extends CommandName, Who extends Caller = Session> =
  | {
      permission: Action;
      run: Run<Name, Who, { grant: Grant }>;
      /** It came, and what its caller may do could not be looked up. */
      missed?(call: Call<Name, Who>, error: unknown): void;
    }
  | { permission: 'none'; run: Run<Name, Who, unknown> };
