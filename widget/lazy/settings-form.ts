import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SettingsStrings } from '../i18n/settings/en.ts';
import type { KnownStrings } from '../i18n/texts.ts';
import type { Hearing } from '../narrator.ts';
import { coverView } from './cover-view.ts';
import type { Permission } from './notifications.ts';
import { hearings, type Settings, type TextSize, textSizes } from './settings.ts';

export type SettingsInput = { readonly settings: Settings; readonly permission: Permission };

export interface SettingsRequests {
  close(): void;
  sound(on: boolean): void;
  notifications(on: boolean): void;
  hearing(hearing: Hearing): void;
  textSize(size: TextSize): void;
}

type Strings = KnownStrings & SettingsStrings;

/** All that a reader can set; each holds at once. */
export function settingsForm(
  { settings, permission }: SettingsInput,
  strings: Strings,
  requests: SettingsRequests,
): TemplateResult {
  const barred = {
    denied: strings.notificationsDenied,
    missing: strings.notificationsMissing,
    default: '',
    granted: '',
  };
  const hint = barred[permission] || strings.notificationsHint;
  const body = html`<div class="sheet-body settings">
    ${toggle('set-sound', strings.sound, undefined, settings.sound, false, requests.sound)}
    ${toggle('set-notifications', strings.notifications, hint, settings.notifications && permission === 'granted', barred[permission] !== '', requests.notifications)}
    ${choice('set-hearing', strings.hearing, hearings, settings.hearing, hearingNames(strings), requests.hearing)}
    ${choice('set-text-size', strings.textSize, textSizes, settings.textSize, strings, requests.textSize)}
  </div>`;
  const closing = { part: 'close-settings', label: strings.closeSettings };
  return coverView({ part: 'settings', title: strings.settings, body, closing }, requests.close);
}

function hearingNames({ hearAll, hearMentions, hearNone }: Strings): { readonly [hearing in Hearing]: string } {
  return { all: hearAll, mentions: hearMentions, none: hearNone };
}

function toggle(
  name: string,
  label: string,
  hint: string | undefined,
  on: boolean,
  disabled: boolean,
  set: (on: boolean) => void,
): TemplateResult {
  const changed = ({ target }: Event) => target instanceof HTMLInputElement && set(target.checked);
  return html`<label class="setting">
    <span><span id=${`${name}-name`}>${label}</span>${hint === undefined ? nothing : html`<small id=${`${name}-hint`}>${hint}</small>`}</span>
    <input type="checkbox" part=${name} aria-labelledby=${`${name}-name`} aria-describedby=${hint === undefined ? nothing : `${name}-hint`} .checked=${live(on)} ?disabled=${disabled} @change=${changed} />
  </label>`;
}

function choice<Value extends string>(
  name: string,
  label: string,
  values: readonly Value[],
  chosen: Value,
  names: { readonly [value in Value]: string },
  set: (value: Value) => void,
): TemplateResult {
  const changed = ({ target }: Event) => {
    const value = target instanceof HTMLSelectElement ? values.find((one) => one === target.value) : undefined;
    if (value !== undefined) set(value);
  };
  return html`<label class="setting">
    <span>${label}</span>
    <select part=${name} @change=${changed}>
      ${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${names[value]}</option>`)}
    </select>
  </label>`;
}
