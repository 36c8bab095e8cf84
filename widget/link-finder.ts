import type { ReactiveControllerHost } from 'lit';
import { mayHoldLink, type Tokenize } from './views/linked-text.ts';

// Apart, because inside of a `try` the bundler keeps the whole package.
const fetchTokenize = () => import('linkifyjs').then(({ tokenize }) => tokenize);

/** Fetches the code that finds links with the first text that may hold one. */
export class LinkFinder {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  #state: 'idle' | 'fetching' | 'there' = 'idle';
  #tokenize: Tokenize | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  /** Undefined until it is there; the host is updated then. */
  get tokenize(): Tokenize | undefined {
    return this.#tokenize;
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
      this.#tokenize = await fetchTokenize();
      this.#state = 'there';
      this.#host.requestUpdate();
    } catch {
      // Links stay text until the next update tries again.
      this.#state = 'idle';
    }
  }
}
