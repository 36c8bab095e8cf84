import type { ChangeEntry, Entry, MessageEntry } from '../../protocol/entities.ts';
import { applyChange } from './changes.ts';

/**
 * What a client holds of a channel: a window of consecutive messages, and how far the channel's log has been applied.
 * All functions here are pure; a log is never changed, only followed by another.
 */
export type Log = {
  /** Every entry up to this seq has been applied. */
  readonly head: number;
  /** Oldest first, `logWindow` at most; no message between the first and the last is missing. */
  readonly messages: readonly MessageEntry[];
  /** There are older messages than the first held. */
  readonly hasBefore: boolean;
  /** There are newer messages than the last held; then what arrives is counted and not held. */
  readonly hasAfter: boolean;
  /** While a page of history is under way: what arrived since it was asked for, which the page may not know yet. */
  readonly meanwhile?: readonly Entry[];
};

export type HistoryPage = { messages: readonly MessageEntry[]; hasBefore: boolean; hasAfter: boolean };

export type Applied = {
  log: Log;
  /** The entries that were new, in order. */
  fresh: readonly Entry[];
  /** An entry came before its predecessors; it was not applied, and `sync` is due. */
  gap: boolean;
};

/** Messages held at most: with a day above each of them still less than 300 rows on the screen. */
export const logWindow = 140;
/** Messages that are asked for at a time: more than a screen, and few enough to be drawn without a jerk. */
export const pageLength = 30;

/** The log of a channel just joined, from its latest entries. */
export function startLog(entries: readonly Entry[], more: boolean): Log {
  const before = (entries[0]?.seq ?? 1) - 1;
  const empty: Log = { head: before, messages: [], hasBefore: more, hasAfter: false };
  return entries.length > 0 ? applyEntries(empty, entries).log : empty;
}

/**
 * Follows the log by entries in order. What is held already is dropped, so any delivery may come twice.
 * @param follow whether the reader is at the end; then the oldest messages make room for the new ones, else the window
 *   stays where the reader is.
 */
export function applyEntries(log: Log, entries: readonly Entry[], follow = true): Applied {
  const fresh: Entry[] = [];
  let { head } = log;
  let gap = false;
  for (const entry of entries) {
    if (entry.seq <= head) continue;
    if (entry.seq !== head + 1) {
      gap = true;
      break;
    }
    head = entry.seq;
    fresh.push(entry);
  }
  if (fresh.length === 0) return { log, fresh, gap };
  const window = fresh.reduce(followOne, { messages: [...log.messages], hasAfter: log.hasAfter, follow });
  const meanwhile = log.meanwhile && [...log.meanwhile, ...fresh];
  const held = { ...log, head, hasAfter: window.hasAfter, ...(meanwhile && { meanwhile }) };
  return { log: trimOldest(held, window.messages), fresh, gap };
}

/** Call when asking for a page of history: what arrives meanwhile is put on top of the page. */
export function beginPage(log: Log): Log {
  return { ...log, meanwhile: [] };
}

/** Call when the page did not come. */
export function cancelPage({ meanwhile: _, ...log }: Log): Log {
  return log;
}

/** Older messages, which end where the window begins. The newest leave the window if it gets too long. */
export function prependPage(log: Log, page: HistoryPage): Log {
  const first = log.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = settled(page.messages, log.meanwhile).filter(({ seq }) => seq < first);
  const messages = [...older, ...log.messages];
  const kept = messages.slice(0, logWindow);
  return {
    ...cancelPage(log),
    messages: kept,
    hasBefore: page.hasBefore,
    hasAfter: log.hasAfter || kept.length < messages.length,
  };
}

/** Newer messages, which begin where the window ends. The oldest leave the window if it gets too long. */
export function appendPage(log: Log, page: HistoryPage): Log {
  const last = log.messages.at(-1)?.seq ?? 0;
  const newer = page.messages.filter(({ seq }) => seq > last);
  return withPage(log, [...log.messages, ...newer], page.hasAfter);
}

/** Another part of the channel in place of the window, wherever it lies. */
export function replacePage(log: Log, page: HistoryPage): Log {
  return withPage({ ...log, hasBefore: page.hasBefore }, page.messages, page.hasAfter);
}

function withPage(log: Log, messages: readonly MessageEntry[], hasAfter: boolean): Log {
  const last = messages.at(-1)?.seq ?? 0;
  // Only at the end of the channel do messages of the meantime belong right behind the page.
  const window = (log.meanwhile ?? [])
    .filter((entry) => entry.type !== 'message' || entry.seq > last)
    .reduce(followOne, { messages: [...messages], hasAfter, follow: true });
  return trimOldest({ ...cancelPage(log), hasAfter: window.hasAfter }, window.messages);
}

/** A page as it is after the changes that may have happened since the server read it. */
function settled(page: readonly MessageEntry[], meanwhile: readonly Entry[] = []): readonly MessageEntry[] {
  return meanwhile.filter(isChange).reduce(changed, [...page]);
}

type Window = { messages: MessageEntry[]; hasAfter: boolean; follow: boolean };

function followOne(window: Window, entry: Entry): Window {
  if (isChange(entry)) changed(window.messages, entry);
  else if (entry.type === 'message' && !window.hasAfter) {
    if (window.follow || window.messages.length < logWindow) window.messages.push(entry);
    else window.hasAfter = true;
  }
  return window;
}

/** Alters `messages`, a copy of the caller's own. A change to a message that is not held is none of ours. */
function changed(messages: MessageEntry[], change: ChangeEntry): MessageEntry[] {
  const index = indexOfSeq(messages, change.target);
  const message = messages[index];
  if (message) messages[index] = applyChange(message, change);
  return messages;
}

function trimOldest(log: Log, messages: readonly MessageEntry[]): Log {
  const surplus = Math.max(0, messages.length - logWindow);
  return { ...log, messages: messages.slice(surplus), hasBefore: log.hasBefore || surplus > 0 };
}

function isChange(entry: Entry): entry is ChangeEntry {
  return entry.type === 'edit' || entry.type === 'delete' || entry.type === 'reaction';
}

/** The place of the message `seq`, or -1. */
export function indexOfSeq(messages: readonly MessageEntry[], seq: number): number {
  let low = 0;
  let high = messages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = messages[middle]?.seq ?? 0;
    if (found === seq) return middle;
    if (found < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
