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
const noToken = () => undefined;

/** Undefined as long as there is no meeting to go to. */
export function targetOf(input: TargetInput): ChatTarget | undefined {
  if (!input.meeting) return undefined;
  return { server: serverOf(input), channel: input.meeting, source: sourceOf(input) };
}

function serverOf({ server }: TargetInput): string {
  return server && URL.canParse(server, document.baseURI) ? new URL(server, document.baseURI).href : scriptBase;
}

function sourceOf({ getToken, tokenStorage, tokenCookie }: TargetInput): TokenSource {
  if (getToken) return fromFunction(getToken);
  if (tokenStorage) return fromStorage(tokenStorage);
  return tokenCookie ? fromCookie(tokenCookie) : fromFunction(noToken);
}
