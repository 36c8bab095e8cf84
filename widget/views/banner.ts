import { html, nothing, type TemplateResult } from 'lit';
import type { Phase } from '../client/channel-state.ts';
import type { ConnectionState } from '../client/connection-state.ts';
import type { ViewContext } from './context.ts';

/** What the reader has to know about the connection. `tone` says how much it matters. */
export type Banner = {
  readonly name: string;
  readonly tone: 'calm' | 'warn';
  readonly text: string;
  readonly action?: string;
};

/** Undefined when all is well. */
export function bannerOf(
  connection: ConnectionState,
  phase: Phase,
  now: number,
  { strings, formats }: ViewContext,
): Banner | undefined {
  switch (connection.name) {
    case 'closed':
      return undefined;
    case 'connecting':
      return { name: 'connecting', tone: 'calm', text: strings.connecting };
    case 'waiting': {
      if (connection.offline) return { name: 'offline', tone: 'warn', text: strings.offline, action: strings.tryNow };
      const seconds = Math.max(1, Math.ceil((connection.until - now) / 1000));
      const text = strings.reconnectingIn(formats.seconds(seconds));
      return { name: 'waiting', tone: 'warn', text, action: strings.tryNow };
    }
    case 'unauthorized': {
      const text = {
        missing: strings.tokenMissing,
        expired: strings.tokenExpired,
        refused: strings.tokenRefused,
      }[connection.reason];
      return { name: connection.reason, tone: 'warn', text, action: strings.retry };
    }
    case 'removed':
      return { name: 'removed', tone: 'warn', text: strings.removed, action: strings.retry };
    case 'online':
      return phaseBanner(phase, { strings });
  }
}

function phaseBanner(phase: Phase, { strings }: Pick<ViewContext, 'strings'>): Banner | undefined {
  switch (phase.name) {
    case 'live':
      return undefined;
    case 'joining':
      return { name: 'connecting', tone: 'calm', text: strings.connecting };
    case 'resuming':
      return { name: 'resuming', tone: 'calm', text: strings.resuming };
    case 'left': {
      const text = phase.code === 'removed' ? strings.removed : strings.gone;
      return { name: phase.code, tone: 'warn', text, action: strings.retry };
    }
    case 'refused':
      return { name: 'refused', tone: 'warn', text: strings.refused(phase.code), action: strings.retry };
  }
}

export function bannerView(banner: Banner | undefined, act: () => void): TemplateResult | typeof nothing {
  if (!banner) return nothing;
  return html`<div class="banner" part="banner" data-name=${banner.name} data-tone=${banner.tone}>
    <span>${banner.text}</span>
    ${banner.action === undefined ? nothing : html`<button type="button" class="text-button" part="banner-action" @click=${act}>${banner.action}</button>`}
  </div>`;
}
