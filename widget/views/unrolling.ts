import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { areFormatsBegun, beginFormats } from '../i18n/formats.ts';
import type { Row } from './rows.ts';

/** So many new rows a frame, for a slow phone to draw them without a jerk. */
const rowsAFrame = 4;
/** With the first of all rows comes what none of the others needs again: code that runs for the first time, fonts. */
const firstRows = 2;
/** A frame that does not come, say of a page inside another one that is out of sight, is not waited for longer. */
const frameAtMostMs = 200;

/** Draws a long conversation a few rows a frame: from its end upwards, and then what comes at either end of what is there. */
export class Unrolling implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #channel: string | undefined;
  /** Keys of the messages that are drawn. */
  #drawn: ReadonlySet<string> = new Set();
  /** How many more rows this frame may bring. */
  #left = 0;
  /** The update that brought the first of many rows is over: what else there was to do for it is enough for one task. */
  #isBegun = false;
  #isAsked = false;
  #isAwaited = false;
  #isComplete = true;
  #waiting: (() => void)[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** All rows are drawn. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Resolves once all rows are drawn. */
  async complete(): Promise<void> {
    await this.#host.updateComplete;
    if (!this.#isComplete) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The rows to draw now. To be asked in each update in which the conversation is on the screen. */
  of(channel: string | undefined, rows: readonly Row[]): readonly Row[] {
    if (channel !== this.#channel) this.#reset();
    this.#channel = channel;
    this.#isAsked = true;
    if (!this.#isBegun && rows.length > rowsAFrame) {
      this.#isBegun = true;
      this.#left = 0;
    }
    const [from, to] = this.#range(rows);
    const drawn = rows.slice(from, to);
    this.#drawn = new Set(drawn.filter(({ kind }) => kind === 'message').map(({ key }) => key));
    this.#isComplete = drawn.length === rows.length;
    return drawn;
  }

  hostUpdated(): void {
    // What is not on the screen is drawn anew when it comes back.
    if (!this.#isAsked) this.#reset();
    else if (this.#left < rowsAFrame) void this.#nextFrame();
    this.#isAsked = false;
    if (!this.#isComplete) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** The rows that are drawn, and as many more as this frame may bring: of what is new below them before what is above. */
  #range(rows: readonly Row[]): [from: number, to: number] {
    const isDrawn = ({ key }: Row) => this.#drawn.has(key);
    const first = rows.findIndex(isDrawn);
    const [from, to] = first === -1 ? [rows.length, rows.length] : [first, rows.findLastIndex(isDrawn) + 1];
    // Nobody sees a jerk on a page that is not looked at, and it has no frames.
    const left = document.visibilityState === 'hidden' ? rows.length : areFormatsBegun() ? this.#left : 0;
    const top = withHeading(rows, from);
    const below = Math.min(left, rows.length - to);
    const above = Math.min(left - below, top);
    this.#left = Math.max(0, this.#left - below - above);
    return [withHeading(rows, top - above), to + below];
  }

  async #nextFrame(): Promise<void> {
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    await beginFormats();
    await new Promise<void>((drawn) => {
      requestAnimationFrame(() => setTimeout(drawn));
      setTimeout(drawn, frameAtMostMs);
    });
    this.#isAwaited = false;
    this.#left = this.#drawn.size === 0 ? firstRows : rowsAFrame;
    if (!this.#isComplete) this.#host.requestUpdate();
  }

  #reset(): void {
    this.#drawn = new Set();
    this.#left = 0;
    this.#isBegun = false;
    this.#isComplete = true;
  }
}

/** A day or a divider belongs to the message below it: it comes and stays with it. */
function withHeading(rows: readonly Row[], from: number): number {
  let first = from;
  while (first > 0 && rows[first - 1]?.kind !== 'message') first -= 1;
  return first;
}
