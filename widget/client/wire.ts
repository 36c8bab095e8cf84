import type { Answer, CommandName, Payload } from '../../protocol/commands.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { EventOf, ServerEvents } from '../../protocol/events.ts';

/** The request was lost, or its answer was; whether the server acted on it is unknown. */
export type NoAnswer = { ok: false; error: { code: 'no_answer'; message: string; retryAfterMs?: number } };
export type Outcome<Name extends CommandName> = Answer<Name> | NoAnswer;
/** Why a request has no result: the server's refusal, or silence. */
export type FailureCode = ErrorCode | 'no_answer';
export type Failure = { code: FailureCode; message: string; retryAfterMs?: number };

export type ServerEvent = {
  [Name in keyof ServerEvents]: { name: Name; data: EventOf<Name> };
}[keyof ServerEvents];

export type WireEnd =
  /** The server answered the handshake with a no. */
  | { name: 'refused'; code: string; retryAfterMs?: number }
  /** Never reached, or gone. */
  | { name: 'lost' };

export interface WireListener {
  /** The handshake is done; requests may be made. Once at most. */
  opened(): void;
  event(event: ServerEvent): void;
  /** A sign of life from the network, which comes even where a page's timers are slowed down. */
  pulse(): void;
  /** Once at most, and never after `close()` was called. */
  ended(end: WireEnd): void;
}

/** One connection's life, from dialling to its end; it is never reopened. */
export interface Wire {
  /**
   * Never rejects. `no_answer` at once when the wire is not open or ends, and after `limits.answerTimeoutMs`; nothing is
   * kept to be sent later, because whoever asks decides whether to ask again.
   */
  request<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Outcome<Name>>;
  /** Idempotent. The listener hears nothing afterwards; open requests get `no_answer`. */
  close(): void;
}

export type Address = {
  /** The chat server's base URL. */
  server: string;
  token: string;
  /** Long-polling first: for networks in which a WebSocket neither opens nor fails. */
  pollingFirst: boolean;
};

export type Dial = (address: Address, listener: WireListener) => Wire;

export const noAnswer: NoAnswer = Object.freeze({
  ok: false,
  error: Object.freeze({ code: 'no_answer', message: 'The server did not answer.' }),
});
