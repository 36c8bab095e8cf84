import type { LitElement } from 'lit';
import type { ChatController } from './chat-controller.ts';
import { LazyPart } from './lazy-part.ts';
import { LazySheet } from './lazy-sheet.ts';
import type { Narrator } from './narrator.ts';
import type { ViewContext } from './views/context.ts';

/** What the element is asked for by what comes later. */
export interface LazyPartsHost {
  readonly chat: ChatController;
  readonly narrator: Narrator;
  /** The meeting's title. */
  title(): string;
  /** With the reader's language, and no words of any conversation. */
  base(): ViewContext;
  /** With the words of the conversation on the screen. */
  context(): ViewContext;
  /** Tells the reader something, shortly. */
  note(text: string): void;
  /** Brings a channel to the screen, and the focus to its input when the reader has asked for it. */
  show(channel: string, byReader: boolean): void;
  /** Opens the chat, and shows the message of that seq in the conversation on the screen. */
  jump(seq: number): void;
}

/** Every part of the interface whose code comes with its first use. */
export function lazyParts(element: LitElement, host: LazyPartsHost) {
  const { chat, narrator, note, show, base, context } = host;
  const conversations = new LazySheet(element, () => import('./lazy/conversations.ts'), {
    look: () => ({ chat, title: host.title(), context: base() }),
    note,
    say: (text) => narrator.say(text),
    show,
  });
  const offer = () => conversations.sheet?.privately.offer();
  return {
    conversations,
    members: new LazySheet(element, () => import('./lazy/member-sheet.ts'), {
      look: () => ({ target: chat.target, state: chat.state, context: context(), offer: offer() }),
      note,
    }),
    search: new LazySheet(element, () => import('./lazy/search-sheet.ts'), {
      look: () => ({ session: chat.session, context: context() }),
      jump: (seq) => host.jump(seq),
      note,
    }),
    settings: new LazySheet(element, () => import('./lazy/settings-sheet.ts'), {
      look: () => ({ context: context() }),
      note,
      hear: (hearing) => {
        narrator.hears = hearing;
      },
      show: (seq, channel) => {
        show(channel, false);
        host.jump(seq);
      },
    }),
    mentionList: new LazyPart(
      element,
      () => import('./lazy/mention-list.ts'),
      ({ MentionList }) =>
        new MentionList(element, {
          look: () => ({ state: chat.state, context: context() }),
          say: (text) => narrator.say(text),
        }),
    ),
    keyboardRoom: new LazyPart(
      element,
      () => import('./lazy/keyboard-room.ts'),
      ({ KeyboardRoom }) => new KeyboardRoom(element),
    ),
    /** The way to write to somebody in private, as far as it is there. */
    offer,
  };
}
