import type { ReactiveControllerHost, TemplateResult } from 'lit';

/** A text in parts, of which the templates are links. */
export type LinkedText = (text: string) => (string | TemplateResult)[];

/** Whether it is worth fetching the code that finds links: cheap, and true for all but the strangest texts with a link in it. */
export function mayHoldLink(text: string): boolean {
  return /\S\.\p{L}{2}|:\/\/|mailto:/iu.test(text);
}

/** Fetches the code that finds links with the first text that may hold one. */
export class LinkFinder {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  #state: 'idle' | 'fetching' | 'there' = 'idle';
  #linked: LinkedText | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  /** Undefined until it is there; the host is updated then. */
  get linked(): LinkedText | undefined {
    return this.#linked;
  }

  look(texts: Iterable<{ readonly text: string }>): void {
    if (this.#state !== 'idle') return;
    for (const { text } of texts) {
      if (!mayHoldLink(text)) continue;
      void this.#fetch();
      return;
    }
  }

  async #fetch(): Promise<void> {
    this.#state = 'fetching';
    try {
      this.#linked = (await import('./lazy/linked-text.ts')).linkedText;
      this.#state = 'there';
      this.#host.requestUpdate();
    } catch {
      // Links stay text until the next update tries again.
      this.#state = 'idle';
    }
  }
}
