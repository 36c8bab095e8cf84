import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { ChatTarget } from '../chat-controller.ts';
import type { ChannelState } from '../client/channel-state.ts';
import type { FailureCode } from '../client/wire.ts';
import { members as english } from '../i18n/members/en.ts';
import type { Sheet as LazySheet, SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import type { PrivateOffer } from '../views/face.ts';
import { type MembersRequests, memberSheet } from './members.ts';
import { organizer } from './organizer.ts';

export { translations } from '../i18n/members/translations.ts';
export { members as styles } from '../styles/members.ts';

export interface MemberSheetHost extends SheetHost {
  look(): {
    target: ChatTarget | undefined;
    state: ChannelState;
    context: ViewContext;
    /** Undefined where the members are not to be written to in private. */
    offer: PrivateOffer | undefined;
  };
}

/** Who is in the channel, over the conversation. */
export class Sheet implements LazySheet, ReactiveController {
  readonly #element: LitElement;
  readonly #host: MemberSheetHost;
  #state: 'closed' | 'opening' | 'open' = 'closed';
  #removing: string | undefined;

  constructor(element: LitElement, host: MemberSheetHost) {
    this.#element = element;
    this.#host = host;
    element.addController(this);
  }

  open(): void {
    this.#state = 'opening';
    this.#element.requestUpdate();
  }

  view(): TemplateResult | undefined {
    if (this.#state === 'closed') return undefined;
    const { state, context, offer } = this.#host.look();
    return memberSheet({ state, removing: this.#removing, privately: offer?.label }, context, this.#requests);
  }

  hostUpdated(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#find('.sheet .icon-button')?.focus();
  }

  readonly #requests: MembersRequests = {
    close: () => {
      this.#state = 'closed';
      this.#ask(undefined);
      // Only once it is no longer inert.
      void this.#element.updateComplete.then(() => this.#find('[part="open-members"]')?.focus());
    },
    rename: (title) => void this.#do(({ change }, target) => change(target, { title })),
    setState: (state) => void this.#do(({ change }, target) => change(target, { state })),
    writeTo: (user, name) => void this.#writeTo(user, name),
    mute: (user, muted) => void this.#do(({ putMember }, target) => putMember(target, user, { muted })),
    askRemove: (user) => {
      this.#ask(user);
      const part = user === undefined ? 'remove' : 'confirm-remove';
      void this.#element.updateComplete.then(() => this.#find(`.sheet [part="${part}"]`)?.focus());
    },
    remove: (user) => {
      this.#ask(undefined);
      void this.#do(({ removeMember }, target) => removeMember(target, user));
      this.#find('.sheet .icon-button')?.focus();
    },
  };

  async #do(act: (does: typeof organizer, target: ChatTarget) => Promise<FailureCode | undefined>): Promise<void> {
    const { target, context } = this.#host.look();
    if (!target) return;
    const { strings } = context;
    const code = await act(organizer, target);
    if (code === undefined) this.#host.note(strings.done ?? english.done);
    else this.#host.note(code === 'no_answer' ? strings.unreachable : strings.failure(code));
  }

  /** It stays open until the conversation is there: what is typed meanwhile must not go to everyone. */
  async #writeTo(user: string, name: string): Promise<void> {
    const go = await this.#host.look().offer?.find(user, name);
    if (!go || this.#state === 'closed') return;
    this.#state = 'closed';
    go();
  }

  #ask(user: string | undefined): void {
    this.#removing = user;
    this.#element.requestUpdate();
  }

  #find(selector: string): HTMLElement | undefined {
    return this.#element.renderRoot.querySelector<HTMLElement>(selector) ?? undefined;
  }
}
