import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Channel, ChannelState } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { MemberStrings } from '../i18n/members/en.ts';
import type { ViewContext } from '../views/context.ts';

export type MembersContext = ViewContext & { readonly strings: MemberStrings };

export interface MeetingRequests {
  rename(title: string): void;
  setState(state: ChannelState): void;
}

const states: readonly ChannelState[] = ['open', 'closed', 'ended'];

/** Title and state of a meeting, for its organizers. */
export function meetingForm(
  { title, settings }: Channel,
  { strings }: MembersContext,
  requests: MeetingRequests,
): TemplateResult {
  const submitted = (event: SubmitEvent) => {
    event.preventDefault();
    const { currentTarget } = event;
    const field = currentTarget instanceof HTMLFormElement ? currentTarget.elements.namedItem('title') : null;
    if (field instanceof HTMLInputElement && field.value.trim() !== '') requests.rename(field.value.trim());
  };
  const chosen = ({ target }: Event) => {
    const state = target instanceof HTMLSelectElement ? states.find((name) => name === target.value) : undefined;
    if (state !== undefined) requests.setState(state);
  };
  return html`<form class="meeting" part="meeting" @submit=${submitted}>
    <label for="meeting-title">${strings.title}</label>
    <div class="meeting-row">
      <input id="meeting-title" name="title" part="meeting-title" autocomplete="off" required maxlength=${limits.titleLength} .value=${title} />
      <button type="submit" class="choice" part="save-title">${strings.save}</button>
    </div>
    <label for="meeting-state">${strings.whoWrites}</label>
    <select id="meeting-state" part="meeting-state" .value=${live(settings.state)} @change=${chosen}>
      ${states.map((state) => html`<option value=${state} ?selected=${state === settings.state}>${strings.meetingState(state)}</option>`)}
    </select>
  </form>`;
}
