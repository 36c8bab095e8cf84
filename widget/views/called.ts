import { html, type TemplateResult } from 'lit';
import type { Members } from '../../protocol/entities.ts';
import { type LinkedText, mayHoldLink } from '../link-finder.ts';

/** Whom a message calls: what each can be called in its text, and whether that is the reader. */
export type Called = { readonly names: readonly string[]; readonly me: boolean };

/** Undefined where nobody is called. */
export function calledBy(
  mentions: readonly string[] | undefined,
  members: Members,
  me: string | undefined,
): Called[] | undefined {
  return mentions?.map((user) => ({ names: [members[user]?.name ?? user, user], me: user === me }));
}

/** The text with its links made clickable and its mentions marked, the reader's own more than the others. */
export function markedText(text: string, called: readonly Called[] | undefined, linked: LinkedText | undefined) {
  const parts = linked && mayHoldLink(text) ? linked(text) : undefined;
  if (!called?.length) return parts ?? text;
  const mine = new Set(called.filter(({ me }) => me).flatMap(({ names }) => names.map(fold)));
  const words = called
    .flatMap(({ names }) => names)
    // Of two names that fit, the longer one is meant.
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const calls = new RegExp(`(?<!\\w)(@(?:${words.join('|')}))(?![\\p{L}\\p{N}\\p{M}_])`, 'giu');
  // Every second piece is what the group has caught. A link stays whole, whatever stands in it.
  return (parts ?? [text]).map((part) =>
    typeof part === 'string'
      ? part.split(calls).map((piece, at) => (at % 2 === 0 ? piece : mention(piece, mine.has(fold(piece.slice(1))))))
      : part,
  );
}

function mention(text: string, me: boolean): TemplateResult {
  return html`<mark part=${me ? 'mention mention-me' : 'mention'} ?data-me=${me}>${text}</mark>`;
}

function fold(name: string): string {
  return name.toLowerCase();
}
