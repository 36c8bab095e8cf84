import type { TemplateResult } from 'lit';
import type { ChatTarget } from '../chat-controller.ts';
import type { ChannelState } from '../client/channel-state.ts';
import type { FailureCode } from '../client/wire.ts';
import { members as english } from '../i18n/members/en.ts';
import type { SheetHost } from '../lazy-sheet.ts';
import type { ViewContext } from '../views/context.ts';
import type { PrivateOffer } from '../views/face.ts';
import { Cover } from './cover.ts';
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
export class Sheet extends Cover<MemberSheetHost> {
  protected readonly focusOf = { first: '.sheet .icon-button', opener: '[part="open-members"]' };
  #removing: string | undefined;

  protected content(): TemplateResult {
    const { state, context, offer } = this.host.look();
    return memberSheet({ state, removing: this.#removing, privately: offer?.label }, context, this.#requests);
  }

  readonly #requests: MembersRequests = {
    close: () => {
      this.#removing = undefined;
      this.dismiss();
    },
    rename: (title) => void this.#do(({ change }, target) => change(target, { title })),
    setState: (state) => void this.#do(({ change }, target) => change(target, { state })),
    writeTo: (user, name) => void this.#writeTo(user, name),
    mute: (user, muted) => void this.#do(({ putMember }, target) => putMember(target, user, { muted })),
    askRemove: (user) => {
      const part = user === undefined ? 'remove' : 'cancel-remove';
      const member = CSS.escape(user ?? this.#removing ?? '');
      this.#ask(user);
      void this.afterUpdate(() => this.focus(`.member[data-user="${member}"] [part="${part}"]`));
    },
    remove: (user) => {
      this.#ask(undefined);
      void this.#do(({ removeMember }, target) => removeMember(target, user));
      this.focus(this.focusOf.first);
    },
  };

  async #do(act: (does: typeof organizer, target: ChatTarget) => Promise<FailureCode | undefined>): Promise<void> {
    const { target, context } = this.host.look();
    if (!target) return;
    const { strings } = context;
    const code = await act(organizer, target);
    if (code === undefined) this.host.note(strings.done ?? english.done);
    else this.host.note(code === 'no_answer' ? strings.unreachable : strings.failure(code));
  }

  /** It stays open until the conversation is there: what is typed meanwhile must not go to everyone. */
  async #writeTo(user: string, name: string): Promise<void> {
    const go = await this.host.look().offer?.find(user, name);
    if (!go || !this.isOpen) return;
    this.close();
    go();
  }

  #ask(user: string | undefined): void {
    this.#removing = user;
    this.element.requestUpdate();
  }
}
