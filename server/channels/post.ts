import type { Payload } from '../../protocol/commands.ts';
import type { MessageEntry, Sender } from '../../protocol/entities.ts';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { Grant } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';
import { permit } from '../auth/permissions.ts';
import { ChatError } from '../chat-error.ts';
import type { Parts } from '../commands/command.ts';
import type { Committed, Draft } from '../log/batch-writer.ts';
import { unavailable } from '../log/unavailable.ts';
import { spendIn } from './allowance.ts';
import { hold, wanted } from './hold.ts';
import { storedHead } from './reads.ts';
import { leavePlace, nextPlace, notStored, takePlace } from './send-order.ts';
import { messageOf, reachBoth } from './stored.ts';
import { textWithin } from './text.ts';

type MessageDraft = Extract<Draft, { type: 'message' }>;
type Post = { parts: Parts; caller: Caller; payload: Payload<'send'>; grant: Grant };

/**
 * A message into the channel's log. Resolves when it is durable with what `answer` makes of it, or of the message of before
 * where its key was stored before.
 * @throws ChatError `forbidden`, `closed`, `too_large`, `rate_limited`, `not_found` where it answers what is not there,
 *   `invalid` and `conflict` by the filter, `unavailable`
 */
export function post<Answer>(call: Post, answer: (message: MessageEntry) => Answer): Promise<Answer> {
  // At once where it may come again: a server that must refuse many has no time for more.
  const refused = (refusal: unknown) => {
    if (!isFinal(refusal)) throw refusal;
    return storedBefore(call, refusal).then(answer);
  };
  try {
    permit('write', call.grant);
    return posted(call, answer, refused);
  } catch (refusal) {
    return refused(refusal);
  }
}

function isFinal(refusal: unknown): boolean {
  return refusal instanceof ChatError && errorCatalogue[refusal.code].retry === 'never';
}

function posted<Answer>(
  { parts, caller, payload, grant }: Post,
  answer: (message: MessageEntry) => Answer,
  refused: (refusal: unknown) => Promise<Answer>,
): Promise<Answer> {
  const { channel, key, text, replyTo, mentions: given } = payload;
  const { user, name } = caller.identity;
  const place = nextPlace(channel, key);
  const whole = textWithin(text);
  const words = wanted(parts, grant.filter, whole);
  spendIn(parts, channel);
  const drafted = (mentions: readonly string[]): MessageDraft => {
    const sender: Sender = { id: user, name };
    if (grant.role === 'organizer') sender.role = grant.role;
    const draft: MessageDraft = { type: 'message', channel, key, sender, text: words ?? whole };
    if (replyTo !== undefined) draft.replyTo = replyTo;
    if (mentions.length > 0) draft.mentions = [...mentions];
    return draft;
  };
  // Organizers decide what is let through, and need ask nobody.
  const isHeld = words === undefined && grant.role !== 'organizer';
  const prepared = () => {
    const mentions = parts.mentions.in(channel, whole, given);
    if (!isHeld) return mentions;
    return Promise.resolve(mentions).then(async (found) => {
      const { type: _, ...held } = drafted(found);
      await hold(parts, held);
      return found;
    });
  };
  const prepare = () => {
    if (replyTo === undefined || replyTo <= (parts.feeds.head(channel) ?? 0)) return prepared();
    return standsThere(parts, channel, replyTo).then(prepared);
  };
  const commit = (mentions: readonly string[]) => {
    const draft = drafted(mentions);
    takePlace(caller, place);
    if (parts.committer.sheds()) {
      const refusal = unavailable();
      // Now, so that none behind it goes on in this turn.
      notStored(caller, place, refusal);
      throw refusal;
    }
    return parts.committer.commit(draft);
  };
  const stored = (committed: Committed) => {
    leavePlace(caller, place);
    const message = messageOf(committed);
    reachBoth(parts, grant, message);
    return answer(message);
  };
  const failed = (error: unknown) => {
    notStored(caller, place, error);
    return refused(error);
  };
  return inTurn(caller, channel, prepare, commit).then(stored, failed);
}

/**
 * Nobody answers what is not written yet: it would turn out to be an answer to whatever comes there.
 * @throws ChatError `not_found`
 */
async function standsThere({ storage }: Parts, channel: string, seq: number): Promise<void> {
  if (seq > (await storedHead(storage, channel)))
    throw new ChatError('not_found', 'There is no such message to answer.');
}

/**
 * What is refused for good now may have been stored before, and only its answer lost: then that is the answer.
 * @throws what it was refused with, where it was not stored
 */
async function storedBefore({ parts, caller, payload }: Post, refusal: unknown): Promise<MessageEntry> {
  const { channel, key } = payload;
  const message = await parts.storage.log.withKey(channel, caller.identity.user, key);
  if (message === undefined) throw refusal;
  return message;
}

/** Prepares, perhaps with a wait, then acts; of one caller and channel the acts come in the order of their calls. */
function inTurn<Prepared, Result>(
  { turns }: Caller,
  channel: string,
  prepare: () => Prepared | Promise<Prepared>,
  act: (prepared: Prepared) => Promise<Result>,
): Promise<Result> {
  const before = turns.get(channel);
  const prepared = before === undefined ? prepare() : before.then(prepare);
  if (!(prepared instanceof Promise)) return act(prepared);
  const acting = prepared.then((ready) => ({ result: act(ready) }));
  // Over as soon as it acts: those behind it need not wait for what becomes of it.
  const turn = acting.then(
    () => undefined,
    () => undefined,
  );
  turns.set(channel, turn);
  void turn.then(() => {
    if (turns.get(channel) === turn) turns.delete(channel);
  });
  return acting.then(({ result }) => result);
}
