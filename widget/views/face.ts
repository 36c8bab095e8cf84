import type { nothing, TemplateResult } from 'lit';
import type { ChannelKind } from '../../protocol/entities.ts';

/** How a conversation looks where there are several: nobody may take one for another; or where an organizer is waited for. */
export type Face = {
  readonly kind: ChannelKind;
  readonly title: string;
  /** The heading, from which one gets to the other conversations. */
  readonly heading: TemplateResult | undefined;
  /** Below the heading, instead of how many are there: whether the other one of two is. */
  readonly subtitle: TemplateResult | typeof nothing | undefined;
  /** Above the input: who reads what is written there. */
  readonly recipient: TemplateResult | undefined;
  /** Above the messages: how many wait for the reader to decide on them. */
  readonly held: TemplateResult | undefined;
};

/** The way to write to somebody in private. */
export type PrivateOffer = {
  readonly label: string;
  /** Resolves with what goes there; undefined when it cannot be, of which the reader was told. */
  find(user: string, name: string): Promise<(() => void) | undefined>;
};
