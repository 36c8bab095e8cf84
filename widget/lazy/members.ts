import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Channel, Member } from '../../protocol/entities.ts';
import type { ChannelState } from '../client/channel-state.ts';
import { members as english } from '../i18n/members/en.ts';
import { avatar } from '../views/avatar.ts';
import type { ViewContext } from '../views/context.ts';
import { coverView } from './cover-view.ts';
import { type MeetingRequests, type MembersContext, meetingForm } from './meeting-form.ts';
import { presenceOf } from './presence.ts';

export type MembersInput = {
  readonly state: ChannelState;
  /** The member whose removal is being asked for once more. */
  readonly removing: string | undefined;
  /** How writing to a member in private is called; undefined where it is not offered. */
  readonly privately: string | undefined;
};

export interface MembersRequests extends MeetingRequests {
  close(): void;
  /** In private. */
  writeTo(user: string, name: string): void;
  mute(user: string, muted: boolean): void;
  /** Asks once more; undefined takes the question back. */
  askRemove(user: string | undefined): void;
  remove(user: string): void;
}

type Entry = readonly [user: string, member: Member];

/** Who is in the channel, and for an organizer what there is to do about it. */
export function memberSheet(
  { state, removing, privately }: MembersInput,
  known: ViewContext,
  requests: MembersRequests,
): TemplateResult {
  const context = { ...known, strings: { ...english, ...known.strings } };
  const { strings } = context;
  const { members, role, channel } = state;
  const isOrganizer = role === 'organizer' && channel?.kind !== 'direct';
  const entries = Object.entries(members).sort(byRank);
  // By user: when somebody comes or goes, the button under a finger or with the focus stays the same person's.
  const body = html`<div class="sheet-body">
    ${isOrganizer && channel ? meetingForm(channel, context, requests) : wholeTitle(channel)}
    <ul class="members">
      ${repeat(
        entries,
        ([user]) => user,
        (entry) => memberRow(entry, { me: state.me, isOrganizer, removing, privately }, context, requests),
      )}
    </ul>
  </div>`;
  const closing = { part: 'close-members', label: strings.closeMembers };
  const isAsked = removing !== undefined && members[removing] !== undefined;
  const back = isAsked ? () => requests.askRemove(undefined) : requests.close;
  return coverView({ part: 'members', title: strings.members, body, closing }, requests.close, back);
}

/** The bar on top cuts a long one, and a finger cannot ask for the tooltip. */
function wholeTitle(channel: Channel | undefined): TemplateResult | typeof nothing {
  return channel?.title && channel.kind !== 'direct'
    ? html`<p class="whole-title"><bdi>${channel.title}</bdi></p>`
    : nothing;
}

function byRank([, a]: Entry, [, b]: Entry): number {
  const rank = ({ role, state }: Member) => (role === 'organizer' ? 0 : 2) + (state === 'online' ? 0 : 1);
  return rank(a) - rank(b) || a.name.localeCompare(b.name);
}

function memberRow(
  [user, member]: Entry,
  {
    me,
    isOrganizer,
    removing,
    privately,
  }: Omit<MembersInput, 'state'> & { me: string | undefined; isOrganizer: boolean },
  context: MembersContext,
  requests: MembersRequests,
): TemplateResult {
  const { strings } = context;
  const asking = isOrganizer && removing === user;
  return html`<li class="member" part="member" data-user=${user} data-state=${member.state}>
    ${avatar(user, member.name)}
    <div class="member-text">
      <span class="member-name"><bdi>${member.name}</bdi>${user === me ? html` <small>(${strings.you})</small>` : nothing}
        ${member.role === 'organizer' ? html`<span class="role" part="role">${strings.organizer}</span>` : nothing}</span>
      ${asking ? confirmation(user, member, context, requests) : html`<small>${presenceOf(member, context)}${member.muted ? ` · ${strings.isMuted}` : ''}</small>`}
    </div>
    ${user === me ? nothing : html`<div class="member-actions">${writeTo(user, member.name, privately, requests)}${isOrganizer ? memberActions(user, member, asking, context, requests) : nothing}</div>`}
  </li>`;
}

function button(part: string, label: string, name: string, act: () => void, describedBy?: string) {
  return html`<button type="button" class="text-button" part=${part} aria-label=${`${label}: ${name}`} aria-describedby=${describedBy ?? nothing} @click=${act}>${label}</button>`;
}

function writeTo(user: string, name: string, label: string | undefined, requests: MembersRequests) {
  return label === undefined ? nothing : button('privately', label, name, () => requests.writeTo(user, name));
}

/** Whoever presses "Remove" twice, by finger or by key, has taken it back: in its place is then what does that. */
function memberActions(
  user: string,
  { name, muted = false }: Member,
  asking: boolean,
  { strings }: MembersContext,
  requests: MembersRequests,
) {
  return html`${button('mute', muted ? strings.unmute : strings.mute, name, () => requests.mute(user, !muted))}
    ${
      asking
        ? button('cancel-remove', strings.cancel, name, () => requests.askRemove(undefined), 'confirm-remove')
        : button('remove', strings.remove, name, () => requests.askRemove(user))
    }`;
}

/** Away from where "Remove" was, and in sight as that is. */
function confirmation(user: string, { name }: Member, { strings }: MembersContext, requests: MembersRequests) {
  return html`<button type="button" id="confirm-remove" class="text-button confirmation" part="confirm-remove" aria-label=${`${strings.removeAsk}: ${name}`} @click=${() => requests.remove(user)}>${strings.removeAsk}</button>`;
}
