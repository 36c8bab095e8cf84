import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import type { HostEventMap } from '../host-events.ts';
import { settings as english } from '../i18n/settings/en.ts';
import type { Sheet as LazySheet, SheetHost } from '../lazy-sheet.ts';
import type { Hearing } from '../narrator.ts';
import type { ViewContext } from '../views/context.ts';
import { ask, notify, permission } from './notifications.ts';
import { change, settings } from './settings.ts';
import { type SettingsRequests, settingsForm } from './settings-form.ts';
import { chime } from './sound.ts';
import { sizeStyle } from './text-size.ts';

export { translations } from '../i18n/settings/translations.ts';
export { settings as styles } from '../styles/settings.ts';

export interface SettingsSheetHost extends SheetHost {
  look(): { context: ViewContext };
  /** What of others' messages a screen reader is told, from now on. */
  hear(hearing: Hearing): void;
  /** Opens the chat, and shows the message in its conversation. */
  show(seq: number, channel: string): void;
}

/** The reader's settings: the sheet in which they are made, and what they do. */
export class Sheet implements LazySheet, ReactiveController {
  readonly #element: LitElement;
  readonly #host: SettingsSheetHost;
  readonly #size = new CSSStyleSheet();
  #state: 'closed' | 'opening' | 'open' = 'closed';
  #ends: (() => void)[] = [];

  constructor(element: LitElement, host: SettingsSheetHost) {
    this.#element = element;
    this.#host = host;
    element.shadowRoot?.adoptedStyleSheets.push(this.#size);
    element.addController(this);
  }

  open(): void {
    this.#state = 'opening';
    this.#element.requestUpdate();
  }

  view(): TemplateResult | undefined {
    if (this.#state === 'closed') return undefined;
    const { context } = this.#host.look();
    const strings = { ...english, ...context.strings };
    return settingsForm({ settings: settings.value, permission: permission() }, strings, this.#requests);
  }

  hostConnected(): void {
    const listener = ({ detail }: HostEventMap['mc-message']) => this.#came(detail);
    this.#element.addEventListener('mc-message', listener);
    this.#ends = [
      settings.subscribe(() => this.#apply()),
      () => this.#element.removeEventListener('mc-message', listener),
    ];
    this.#apply();
  }

  hostDisconnected(): void {
    for (const end of this.#ends) end();
  }

  hostUpdated(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#focus('.sheet .icon-button');
  }

  readonly #requests: SettingsRequests = {
    close: () => {
      this.#close();
      // Only once it is no longer inert.
      void this.#element.updateComplete.then(() => this.#focus('[part="open-settings"]'));
    },
    sound: (sound) => {
      change({ sound });
      if (sound) chime();
    },
    notifications: (on) => void this.#allow(on),
    hearing: (hearing) => change({ hearing }),
    textSize: (textSize) => change({ textSize }),
  };

  #close(): void {
    this.#state = 'closed';
    this.#element.requestUpdate();
  }

  async #allow(on: boolean): Promise<void> {
    change({ notifications: on && (await ask()) === 'granted' });
    // The permission may be another where the setting is not.
    this.#element.requestUpdate();
  }

  #apply(): void {
    const { hearing, textSize } = settings.value;
    this.#host.hear(hearing);
    this.#size.replaceSync(sizeStyle(textSize));
    this.#element.requestUpdate();
  }

  #came({ message, own, channel }: HostEventMap['mc-message']['detail']): void {
    // Whoever is at the chat sees what comes.
    if (own || (document.hasFocus() && this.#element.matches(':focus-within'))) return;
    const { sound, notifications } = settings.value;
    if (sound) chime();
    const isAway = document.visibilityState === 'hidden' || !document.hasFocus();
    if (notifications && isAway) {
      notify(message, channel, () => {
        this.#close();
        this.#host.show(message.seq, channel);
      });
    }
  }

  #focus(selector: string): void {
    this.#element.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
