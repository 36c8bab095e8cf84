import type { Payload } from '../../protocol/commands.ts';
import type { Cell } from './cell.ts';
import type { ChannelState } from './channel-state.ts';
import type { Connection } from './connection.ts';
import {
  appendPage,
  beginPage,
  cancelPage,
  type HistoryPage,
  type Log,
  pageLength,
  prependPage,
  replacePage,
} from './log.ts';

/** Which page: next to the window, or another place altogether. That of a `message` comes only where there is such a message. */
export type PageRequest =
  | { name: 'older' }
  | { name: 'newer' }
  | { name: 'latest' }
  | { name: 'around'; seq: number }
  | { name: 'message'; seq: number };

/** Brings pages of history into a channel's window of messages, one at a time. */
export class Pager {
  readonly #channel: string;
  readonly #connection: Connection;
  readonly #state: Cell<ChannelState>;
  #underWay: Promise<boolean> | undefined;

  constructor(channel: string, connection: Connection, state: Cell<ChannelState>) {
    this.#channel = channel;
    this.#connection = connection;
    this.#state = state;
  }

  /** Resolves with whether the page came. A page next to the window is not asked for while another is under way. */
  async page(request: PageRequest): Promise<boolean> {
    const adjacent = request.name === 'older' || request.name === 'newer';
    if (adjacent && this.#underWay) return false;
    // A jump waits for its turn instead: the reader has asked for it.
    while (this.#underWay) await this.#underWay;
    this.#underWay = this.#fetch(request);
    const came = await this.#underWay;
    this.#underWay = undefined;
    return came;
  }

  async #fetch(request: PageRequest): Promise<boolean> {
    const { log, phase } = this.#state.value;
    if (phase.name !== 'live' || !log || !isThere(log, request)) return false;
    this.#patch(beginPage(log), request.name === 'newer' ? 'newer' : 'older');
    const answer = await this.#connection.request('history', {
      channel: this.#channel,
      limit: pageLength,
      ...place(log, request),
    });
    const present = this.#state.value.log;
    // Without the mark it is another log than the one that the page was asked for.
    const came = answer.ok && present?.meanwhile !== undefined && hasAsked(answer, request);
    const after = came ? merge(present, request, answer) : present && cancelPage(present);
    this.#patch(after, answer.ok ? 'idle' : 'failed');
    return came;
  }

  #patch(log: Log | undefined, paging: ChannelState['paging']): void {
    this.#state.set({ ...this.#state.value, log, paging });
  }
}

function isThere(log: Log, request: PageRequest): boolean {
  switch (request.name) {
    case 'older':
      return log.hasBefore;
    case 'newer':
    case 'latest':
      return log.hasAfter;
    case 'around':
    case 'message':
      return true;
  }
}

/** Around a message that is not there, or not any more, there is nothing to show. */
function hasAsked({ messages }: HistoryPage, request: PageRequest): boolean {
  return request.name !== 'message' || messages.some(({ seq }) => seq === request.seq);
}

function place(log: Log, request: PageRequest): Pick<Payload<'history'>, 'before' | 'after' | 'around'> {
  switch (request.name) {
    case 'older':
      return { before: log.messages[0]?.seq ?? log.head + 1 };
    case 'newer':
      return { after: log.messages.at(-1)?.seq ?? 0 };
    case 'latest':
      return {};
    case 'around':
    case 'message':
      return { around: request.seq };
  }
}

function merge(log: Log, request: PageRequest, answer: HistoryPage): Log {
  switch (request.name) {
    case 'older':
      return prependPage(log, answer);
    case 'newer':
      return appendPage(log, answer);
    case 'latest':
    case 'around':
    case 'message':
      return replacePage(log, answer);
  }
}
