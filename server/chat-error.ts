import { type ErrorBody, type ErrorCode, errorCatalogue } from '../protocol/errors.ts';

/** A refusal that its cause may see: a code of the catalogue, in words without anything that is not theirs. */
export class ChatError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string = errorCatalogue[code].message,
    options?: { retryAfterMs?: number; cause?: unknown },
  ) {
    // An answer, and no fault whose place somebody must find; a server that refuses thousands has no time to look it up.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'ChatError';
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  /** As it goes over the wire. */
  get body(): ErrorBody {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    };
  }
}
