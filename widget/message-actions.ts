import type { LitElement } from 'lit';
import type { MessageEntry } from '../protocol/entities.ts';
import type { ChannelSession } from './client/channel-session.ts';
import type { ChannelState } from './client/channel-state.ts';
import type { FailureCode, Outcome } from './client/wire.ts';
import type { Sheet as Menu } from './lazy/menu.ts';
import { LazySheet } from './lazy-sheet.ts';
import type { ViewContext } from './views/context.ts';
import type { PrivateOffer } from './views/face.ts';
import type { MessageFocus } from './views/message-focus.ts';
import { whyNot } from './views/message-view.ts';

export interface MessageActionsHost {
  readonly focus: MessageFocus;
  /** What there is now. `mayWrite`: the reader may write in this channel. `offer`: they may write to its members in private. */
  look(): {
    session: ChannelSession | undefined;
    state: ChannelState;
    context: ViewContext;
    mayWrite: boolean;
    offer: PrivateOffer | undefined;
  };
  reply(message: MessageEntry): void;
  edit(message: MessageEntry): void;
  /** Shows the message of that seq. */
  jump(seq: number): void;
  /** Tells the reader something, shortly. */
  note(text: string): void;
}

export type MenuHost = MessageActionsHost & Pick<MessageActions, 'react' | 'settle'>;

type Change = Promise<Outcome<'edit' | 'delete' | 'react'>>;

/** What the reader does with messages, and the menu in which they choose it. */
export class MessageActions {
  readonly menu: LazySheet<MenuHost, Menu>;
  readonly #host: MessageActionsHost;

  constructor(element: LitElement, host: MessageActionsHost) {
    this.#host = host;
    const { react, settle } = this;
    this.menu = new LazySheet(element, () => import('./lazy/menu.ts'), { ...host, react, settle });
  }

  readonly react = (seq: number, emoji: string, on: boolean): void => {
    void this.settle(this.#host.look().session?.react(seq, emoji, on));
  };

  /** Resolves with why it was not done, of which the reader is told. */
  readonly settle = async (asked: Change | undefined): Promise<FailureCode | undefined> => {
    const { strings } = this.#host.look().context;
    const outcome = await asked;
    if (!outcome || outcome.ok) return undefined;
    const { code } = outcome.error;
    const isGone = code === 'not_found';
    this.#host.note(code === 'no_answer' ? strings.unreachable : isGone ? strings.notThere : whyNot(code, strings));
    return code;
  };
}
