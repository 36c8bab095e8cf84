import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { ChatTarget } from './chat-controller.ts';
import type { ChannelState } from './client/channel-state.ts';
import type { FailureCode } from './client/wire.ts';
import type { MembersRequests } from './lazy/members.ts';
import { LazyPart } from './lazy-part.ts';
import type { ViewContext } from './views/context.ts';

export interface MemberSheetHost {
  look(): { target: ChatTarget | undefined; state: ChannelState; context: ViewContext };
  /** Tells the reader something, shortly. */
  note(text: string): void;
}

/** Who is in the channel, over the conversation; its code comes with its first use. */
export class MemberSheet implements ReactiveController {
  readonly #element: LitElement;
  readonly #host: MemberSheetHost;
  readonly #part: LazyPart<typeof import('./lazy/members.ts')>;
  #state: 'closed' | 'opening' | 'open' = 'closed';
  #removing: string | undefined;

  constructor(element: LitElement, host: MemberSheetHost) {
    this.#element = element;
    this.#host = host;
    this.#part = new LazyPart(element, () => import('./lazy/members.ts'));
    element.addController(this);
  }

  async open(): Promise<void> {
    if (!(await this.#part.fetch())) return this.#host.note(this.#host.look().context.strings.unreachable);
    this.#state = 'opening';
    this.#element.requestUpdate();
  }

  view(): TemplateResult | undefined {
    if (this.#state === 'closed') return undefined;
    const { state, context } = this.#host.look();
    return this.#part.module?.memberSheet({ state, removing: this.#removing }, context, this.#requests);
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

  async #do(
    act: (
      organizer: typeof import('./lazy/organizer.ts').organizer,
      target: ChatTarget,
    ) => Promise<FailureCode | undefined>,
  ): Promise<void> {
    const { target, context } = this.#host.look();
    const organizer = this.#part.module?.organizer;
    if (!target || !organizer) return;
    const { strings } = context;
    const code = await act(organizer, target);
    if (code === undefined) this.#host.note(strings.done);
    else this.#host.note(code === 'no_answer' ? strings.unreachable : strings.failure(code));
  }

  #ask(user: string | undefined): void {
    this.#removing = user;
    this.#element.requestUpdate();
  }

  #find(selector: string): HTMLElement | undefined {
    return this.#element.renderRoot.querySelector<HTMLElement>(selector) ?? undefined;
  }
}
