import type { Sender } from '../../protocol/entities.ts';
import type { ChatTarget } from '../chat-controller.ts';
import { isObject } from '../client/guards.ts';
import type { FailureCode } from '../client/wire.ts';
import { ask } from './ask.ts';

/** A message that waits for an organizer. */
export type HeldMessage = {
  readonly sender: Sender;
  readonly key: string;
  readonly text: string;
  /** When it was written. */
  readonly at: number;
};

/** The oldest first. */
export async function listHeld(target: ChatTarget): Promise<readonly HeldMessage[] | FailureCode> {
  const asked = await ask(target, 'GET', pathOf(target));
  if (!asked.ok) return asked.code;
  const messages = isObject(asked.body) ? asked.body.messages : undefined;
  return Array.isArray(messages) ? messages.filter(isHeld) : 'invalid';
}

/** Lets it through, or refuses it. Resolves with why that was not done, or with undefined. */
export async function decide(
  target: ChatTarget,
  { sender, key }: HeldMessage,
  passes: boolean,
): Promise<FailureCode | undefined> {
  const path = `${pathOf(target)}/${encodeURIComponent(sender.id)}/${encodeURIComponent(key)}`;
  const asked = await ask(target, passes ? 'POST' : 'DELETE', path);
  return asked.ok ? undefined : asked.code;
}

/** The same for no other message of the channel. */
export function idOf({ sender, key }: HeldMessage): string {
  return `${sender.id} ${key}`;
}

function pathOf({ channel }: ChatTarget): string {
  return `/channels/${encodeURIComponent(channel)}/held`;
}

function isHeld(message: unknown): message is HeldMessage {
  return (
    isObject(message) &&
    isObject(message.sender) &&
    typeof message.sender.id === 'string' &&
    typeof message.sender.name === 'string' &&
    typeof message.key === 'string' &&
    typeof message.text === 'string' &&
    Number.isSafeInteger(message.at)
  );
}
