import type { ReactiveControllerHost } from 'lit';

const shownMs = 5_000;

/** Something that the reader is told in passing. */
export class Notice {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  #text: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  get text(): string | undefined {
    return this.#text;
  }

  show(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#set(undefined), shownMs);
    this.#set(text);
  }

  #set(text: string | undefined): void {
    this.#text = text;
    this.#host.requestUpdate();
  }
}
