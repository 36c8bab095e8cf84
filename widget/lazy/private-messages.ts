import type { ChatController } from '../chat-controller.ts';
import type { PrivateOffer } from '../views/face.ts';
import { directWith } from './channel-list.ts';
import type { KnownChannels } from './known-channels.ts';
import type { Worded } from './words.ts';

export interface PrivateMessagesHost {
  look(): { chat: ChatController; context: Worded };
  note(text: string): void;
  /** Brings a channel to the screen, and the focus to its input. */
  show(channel: string): void;
}

/** Who may be written to in private, and the way there. */
export class PrivateMessages {
  readonly #known: KnownChannels;
  readonly #host: PrivateMessagesHost;

  constructor(known: KnownChannels, host: PrivateMessagesHost) {
    this.#known = known;
    this.#host = host;
  }

  /** Why the reader cannot write in the conversation on the screen, where its meeting says so. */
  closed(): string | undefined {
    const { chat, context } = this.#host.look();
    const meeting = this.#known.get(chat.session?.channel ?? '')?.settings.meeting;
    return meeting !== undefined && !this.#mayWrite ? context.strings.privateOff : undefined;
  }

  /** Undefined where private messages are not wanted, or there is nobody else. */
  offer(): PrivateOffer | undefined {
    const { chat, context } = this.#host.look();
    const { session, home } = chat;
    if (!session) return undefined;
    const isHome = session === home;
    const kind = isHome ? 'meeting' : this.#known.get(session.channel)?.kind;
    if (kind === undefined || kind === 'direct' || (isHome && !this.#mayWrite)) return undefined;
    return {
      label: context.strings.writePrivately,
      find: (user, name) => this.#find(user, name, isHome ? session.channel : undefined),
    };
  }

  async #find(user: string, name: string, meeting: string | undefined): Promise<(() => void) | undefined> {
    const { target } = this.#host.look().chat;
    const isCurrent = this.#known.sameAsNow();
    const before = this.#known.all.find(
      ({ settings }) => settings.meeting === meeting && settings.between?.includes(user),
    );
    const found = before ?? (target && (await directWith(target, user, meeting)));
    if (typeof found === 'object' && isCurrent()) {
      return () => {
        this.#known.add(found);
        this.#host.show(found.id);
      };
    }
    if (typeof found !== 'string') return undefined;
    const { strings } = this.#host.look().context;
    if (found === 'forbidden') this.#host.note(this.#mayWrite ? strings.notTaken(name) : strings.privateOff);
    else this.#host.note(found === 'no_answer' ? strings.unreachable : strings.failure(found));
    return undefined;
  }

  get #mayWrite(): boolean {
    const { role, channel } = this.#known.home?.state.value ?? {};
    return role === 'organizer' || channel?.settings.directMessages !== false;
  }
}
