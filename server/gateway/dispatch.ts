import { Compile } from 'typebox/compile';
import { type CommandName, commandSchemas, type Payload } from '../../protocol/commands.ts';
import { Id } from '../../protocol/entities.ts';
import type { ErrorBody } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../chat-error.ts';
import type { Command, Parts } from '../commands/command.ts';
import { commands, costs } from '../commands/index.ts';
import { perform } from '../commands/perform.ts';
import { refusalFrom } from '../failures.ts';
import { invalid } from '../invalid.ts';
import type { Metrics } from '../metrics.ts';
import type { Session } from './session.ts';

export type DispatchParts = Parts & { metrics: Metrics };
const ids = Compile(Id);
type Handler = (parts: DispatchParts, session: Session, payload: unknown) => object | Promise<object>;

const handlers: ReadonlyMap<string, Handler> = new Map(
  (Object.keys(commands) as CommandName[]).map((name) => [name, handlerOf(name)] as const),
);

/** What an event that does not exist takes from its user's allowance. */
const costOfUnknown = 1;
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
    const refusal = refusalFrom(error, name, parts, 1_000);
    parts.metrics.refused.inc({ code: refusal.code });
    if (refusal.code === 'forbidden') noteDenied(parts, session, name, args[0]);
    reply({ ok: false, error: refusal.body });
  };
  const handler = handlers.get(name) ?? unknownEvent;
  // Without limits nobody is told to wait: what is too much is refused where it would be stored, and keeps its sender's order.
  if (session.inFlight >= limits.commandsInFlight && parts.limiter.isOn) {
    refuse(new ChatError('rate_limited', undefined, { retryAfterMs: 1_000 }));
    return;
  }
  const waitMs = parts.limiter.take(
    { user: session.identity.user, connection: session.id, address: session.address },
    handlers.has(name) ? costs[name as CommandName] : costOfUnknown,
  );
  if (waitMs > 0) {
    refuse(new ChatError('rate_limited', undefined, { retryAfterMs: waitMs }));
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
    if (!isPayload(payload)) throw invalid(validator.Errors(payload));
    return perform(command, { parts, caller: session, payload });
  };
}

/** Of what a client sent, only what is an id is written down. */
function noteDenied({ auditor }: DispatchParts, { identity }: Session, action: string, payload: unknown): void {
  const named = typeof payload === 'object' && payload !== null && 'channel' in payload ? payload.channel : undefined;
  const channel = typeof named === 'string' && ids.Check(named) ? { channel: named } : {};
  auditor.note({
    actor: identity.user,
    action: handlers.has(action) ? action : 'unknown',
    outcome: 'denied',
    ...channel,
  });
}
