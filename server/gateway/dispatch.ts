import { Compile } from 'typebox/compile';
import { type Answers, type CommandName, commandSchemas, type Payload } from '../../protocol/commands.ts';
import type { ErrorBody } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Grant } from '../auth/access.ts';
import { type Action, refusalOf } from '../auth/permissions.ts';
import { ChatError } from '../chat-error.ts';
import type { Command, Parts } from '../commands/command.ts';
import { commands, costs } from '../commands/index.ts';
import type { Metrics } from '../metrics.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Session } from './session.ts';

export type DispatchParts = Parts & { limiter: RateLimiter; metrics: Metrics };
type Handler = (parts: DispatchParts, session: Session, payload: unknown) => object | Promise<object>;

const handlers: ReadonlyMap<string, Handler> = new Map(
  (Object.keys(commands) as CommandName[]).map((name) => [name, handlerOf(name)] as const),
);

const unknownEvent: Handler = () => {
  throw new ChatError('invalid', 'There is no such event.');
};

/**
 * The one way into the server for a client's packet: known → allowed this often → valid → permitted → run → answered.
 * Never throws and never rejects; a packet without an answer function is served all the same.
 */
export function dispatch(parts: DispatchParts, session: Session, name: string, args: readonly unknown[]): void {
  const last = args.at(-1);
  const answer = typeof last === 'function' ? last : undefined;
  const reply = (body: { ok: true } | { ok: false; error: ErrorBody }) => {
    try {
      answer?.(body);
    } catch (error) {
      parts.log.error({ err: error, command: name }, 'an answer could not be sent');
    }
  };
  const refuse = (error: unknown) => {
    const refusal = refusalFrom(error, parts, name);
    parts.metrics.refused.inc({ code: refusal.code });
    reply({ ok: false, error: refusal.body });
  };
  const handler = handlers.get(name) ?? unknownEvent;
  if (session.inFlight >= limits.commandsInFlight) {
    refuse(new ChatError('rate_limited', undefined, { retryAfterMs: 1_000 }));
    return;
  }
  session.inFlight += 1;
  // As few promises as there can be: each is a step of every message.
  const done = (result: object) => {
    session.inFlight -= 1;
    reply({ ok: true, ...result });
  };
  const failed = (error: unknown) => {
    session.inFlight -= 1;
    refuse(error);
  };
  let result: object | Promise<object>;
  try {
    result = handler(parts, session, args[0]);
  } catch (error) {
    failed(error);
    return;
  }
  if (result instanceof Promise) result.then(done, failed);
  else done(result);
}

function handlerOf<Name extends CommandName>(name: Name): Handler {
  const validator = Compile(commandSchemas[name]);
  const isPayload = (payload: unknown): payload is Payload<Name> => validator.Check(payload);
  const command: Command<Name> = commands[name];
  return (parts, session, payload) => {
    const waitMs = parts.limiter.take(session.identity.user, costs[name]);
    if (waitMs > 0) throw new ChatError('rate_limited', undefined, { retryAfterMs: waitMs });
    if (!isPayload(payload)) throw invalid(validator.Errors(payload));
    return run(command, { parts, session, payload });
  };
}

function run<Name extends CommandName>(
  command: Command<Name>,
  call: { parts: Parts; session: Session; payload: Payload<Name> },
): Answers[Name] | Promise<Answers[Name]> {
  if (command.permission === 'none') return command.run(call);
  const { permission, run } = command;
  const permitted = (grant: Grant) => {
    permit(permission, grant);
    return run({ ...call, grant });
  };
  if (!('channel' in call.payload) || call.payload.channel === undefined) throw new ChatError('invalid');
  const grant = call.parts.access.of(call.session, call.payload.channel);
  return grant instanceof Promise ? grant.then(permitted) : permitted(grant);
}

function permit(action: Action, grant: Grant): void {
  const refusal = refusalOf(action, grant);
  if (refusal !== undefined) throw new ChatError(refusal);
}

/** Says which field is wrong and how; nothing of what was in it. */
function invalid(errors: readonly { instancePath: string; keyword: string; message: string }[]): ChatError {
  const first = errors[0];
  const field = first?.instancePath.slice(1).replaceAll('/', '.') || 'The payload';
  if (first?.keyword === 'maxLength' && field === 'text')
    return new ChatError('too_large', `A text has at most ${limits.textBytes} bytes.`);
  return new ChatError('invalid', `${field.slice(0, 100)} ${first?.message ?? 'is not of its form'}.`);
}

function refusalFrom(error: unknown, { log, metrics }: DispatchParts, name: string): ChatError {
  if (error instanceof ChatError) return error;
  // A fault of ours, or the store's: its cause goes into the log, and not to the client.
  metrics.faults.inc({ where: name });
  log.error({ err: error, command: name }, 'a command failed');
  return new ChatError('unavailable', undefined, { retryAfterMs: 1_000, cause: error });
}
