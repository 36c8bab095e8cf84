import type { CommandName, Payload } from '../../protocol/commands.ts';
import {
  noAnswer,
  type Outcome,
  type ServerEvent,
  type Wire,
  type WireEnd,
  type WireListener,
} from '../client/wire.ts';
import type { FakeServer } from './fake-server.ts';

/** A wire to a fake server. Whatever goes over it is copied, as a network does. */
export class FakeWire implements Wire {
  readonly user: string;
  readonly joined = new Set<string>();
  readonly #server: FakeServer;
  readonly #listener: WireListener;
  readonly #onEnd: () => void;
  readonly #waiting = new Set<() => void>();
  #state: 'new' | 'open' | 'ended' = 'new';

  constructor(server: FakeServer, user: string, listener: WireListener, onEnd: () => void) {
    this.user = user;
    this.#server = server;
    this.#listener = listener;
    this.#onEnd = onEnd;
  }

  /** The handshake is done. Returns whether anyone still waits for it. */
  open(): boolean {
    if (this.#state !== 'new') return false;
    this.#state = 'open';
    this.#listener.opened();
    return true;
  }

  /** The server says something. */
  hear(event: ServerEvent): void {
    const copy = structuredClone(event);
    setTimeout(() => {
      if (this.#state === 'open') this.#listener.event(copy);
    });
  }

  /** The network gives up, after what was said before. */
  end(end: WireEnd): void {
    setTimeout(() => {
      if (this.#state === 'ended') return;
      this.close();
      this.#listener.ended(end);
    });
  }

  close(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#onEnd();
    this.timeOut();
  }

  /** Every request that is still without an answer has waited long enough. */
  timeOut(): void {
    for (const lose of this.#waiting) lose();
    this.#waiting.clear();
  }

  request<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Outcome<Name>> {
    if (this.#state !== 'open') return Promise.resolve(noAnswer);
    return new Promise((resolve) => {
      this.#waiting.add(() => resolve(noAnswer));
      setTimeout(() => {
        if (this.#state === 'open') this.#arrive(name, structuredClone(payload), resolve);
      });
    });
  }

  #arrive<Name extends CommandName>(
    name: Name,
    payload: Payload<Name>,
    answer: (outcome: Outcome<Name>) => void,
  ): void {
    const request = { name, user: this.user, payload: Object.fromEntries(Object.entries(payload)) };
    const fate = this.#server.fate(request);
    if (fate === 'deaf') return;
    this.#server.requests.push(request);
    if (typeof fate === 'object') {
      setTimeout(() => answer({ ok: false, error: fate }));
      return;
    }
    const done = structuredClone(this.#server.run(name, payload, this));
    if (fate === 'mute') return;
    setTimeout(() => {
      answer(done ? { ok: true, ...done } : { ok: false, error: { code: 'invalid', message: `No ${name} here.` } });
    });
  }
}
