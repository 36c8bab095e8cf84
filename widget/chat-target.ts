import type { ChatTarget } from './chat-controller.ts';
import { fromCookie, fromFunction, fromStorage, type GetToken, type TokenSource } from './client/token-source.ts';

/** What an element's attributes and properties say about where it belongs. */
export type TargetInput = {
  server: string | undefined;
  meeting: string | undefined;
  tokenStorage: string | undefined;
  tokenCookie: string | undefined;
  getToken: GetToken | undefined;
};

/**
 * The server that this code came from, for elements that name none: it lies beside the code. A classic script into which it was
 * bundled does not know its own address; and `new URL('.', …)` bundlers take for a file that they should bring along.
 */
const scriptBase = (import.meta.url ?? document.baseURI).replace(/[^/?#]*([?#].*)?$/, '');

/** Asks the function that the page gave last. */
type Asker = { newest: GetToken; readonly source: TokenSource };
/** By element, and by its function: elements that have the same one share a connection. */
const askers = new WeakMap<object, Asker>();

/** Undefined as long as there is no meeting to go to, or nothing that gives a token: the page may set its function later. */
export function targetOf(input: TargetInput): ChatTarget | undefined {
  const source = sourceOf(input);
  return input.meeting && source ? { server: serverOf(input), channel: input.meeting, source } : undefined;
}

function serverOf({ server }: TargetInput): string {
  return server && URL.canParse(server, document.baseURI) ? new URL(server, document.baseURI).href : scriptBase;
}

function sourceOf(input: TargetInput): TokenSource | undefined {
  const { getToken, tokenStorage, tokenCookie } = input;
  if (getToken) return asked(input, getToken);
  if (tokenStorage) return fromStorage(tokenStorage);
  return tokenCookie ? fromCookie(tokenCookie) : undefined;
}

/** A framework may give another function at every rendering: the next token comes from it, and nothing starts anew. */
function asked(input: TargetInput, newest: GetToken): TokenSource {
  const asker: Asker = askers.get(newest) ??
    askers.get(input) ?? { newest, source: fromFunction(() => asker.newest()) };
  askers.delete(asker.newest);
  asker.newest = newest;
  askers.set(newest, asker).set(input, asker);
  return asker.source;
}
