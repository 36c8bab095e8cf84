import type { LitElement, TemplateResult } from 'lit';
import type { HostEventMap } from '../host-events.ts';
import { settings as english } from '../i18n/settings/en.ts';
import type { SheetHost } from '../lazy-sheet.ts';
import type { Hearing } from '../narrator.ts';
import type { ViewContext } from '../views/context.ts';
import { Cover } from './cover.ts';
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
export class Sheet extends Cover<SettingsSheetHost> {
  protected readonly focusOf = { first: '.sheet .icon-button', opener: '[part="open-settings"]' };
  readonly #size = new CSSStyleSheet();
  #ends: (() => void)[] = [];

  constructor(element: LitElement, host: SettingsSheetHost) {
    super(element, host);
    element.shadowRoot?.adoptedStyleSheets.push(this.#size);
  }

  protected content(): TemplateResult {
    const { context } = this.host.look();
    const strings = { ...english, ...context.strings };
    return settingsForm({ settings: settings.value, permission: permission() }, strings, this.#requests);
  }

  hostConnected(): void {
    const listener = ({ detail }: HostEventMap['mc-message']) => this.#came(detail);
    this.element.addEventListener('mc-message', listener);
    this.#ends = [
      settings.subscribe(() => this.#apply()),
      () => this.element.removeEventListener('mc-message', listener),
    ];
    this.#apply();
  }

  hostDisconnected(): void {
    for (const end of this.#ends) end();
  }

  readonly #requests: SettingsRequests = {
    close: () => this.dismiss(),
    sound: (sound) => {
      change({ sound });
      if (sound) chime();
    },
    notifications: (on) => void this.#allow(on),
    hearing: (hearing) => change({ hearing }),
    textSize: (textSize) => change({ textSize }),
  };

  async #allow(on: boolean): Promise<void> {
    change({ notifications: on && (await ask()) === 'granted' });
    // The permission may be another where the setting is not.
    this.element.requestUpdate();
  }

  #apply(): void {
    const { hearing, textSize } = settings.value;
    this.host.hear(hearing);
    this.#size.replaceSync(sizeStyle(textSize));
    this.element.requestUpdate();
  }

  #came({ message, own, channel }: HostEventMap['mc-message']['detail']): void {
    // Whoever is at the chat sees what comes.
    if (own || (document.hasFocus() && this.element.matches(':focus-within'))) return;
    const { sound, notifications } = settings.value;
    if (sound) chime();
    const isAway = document.visibilityState === 'hidden' || !document.hasFocus();
    if (notifications && isAway) {
      notify(message, channel, () => {
        this.close();
        this.host.show(message.seq, channel);
      });
    }
  }
}
