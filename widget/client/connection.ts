import type { CommandName, Payload } from '../../protocol/commands.ts';
import { type ByeCode, byeCatalogue } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import { type BackoffOptions, backoffDefaults, fullJitter } from './backoff.ts';
import { Cell, type Readable } from './cell.ts';
import type { ConnectionState } from './connection-state.ts';
import type { PageLife } from './page-life.ts';
import { readToken, renewalWaitMs } from './token.ts';
import type { TokenSource } from './token-source.ts';
import { type Dial, noAnswer, type Outcome, type ServerEvent, type Wire, type WireEnd } from './wire.ts';

export type ConnectionOptions = {
  /** The chat server's base URL. */
  server: string;
  source: TokenSource;
  dial: Dial;
  page: PageLife;
  /** Is told every event of the server. */
  onEvent(event: ServerEvent): void;
  /** Is told when a sign of life came in. */
  onPulse(): void;
};

type Bye = { code: ByeCode; retryAfterMs: number };

/** Keeps one connection to a server up for as long as it is wanted, under a token that is asked for afresh at each attempt. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #state = new Cell<ConnectionState>({ name: 'closed' });
  readonly #user = new Cell<string | undefined>(undefined);
  #wire: Wire | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with every attempt and every end, so that whatever an earlier attempt still waits for finds itself outdated. */
  #round = 0;
  #attempt = 0;
  #target: string;
  #token: string | undefined;
  #expired: string | undefined;
  #bye: Bye | undefined;
  #unwatch: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#target = options.server;
  }

  get state(): Readable<ConnectionState> {
    return this.#state;
  }

  /** Who the present token says its bearer is; known before the first connection, and kept over lost ones. */
  get user(): Readable<string | undefined> {
    return this.#user;
  }

  /** What the server knows the user by now. */
  get token(): string | undefined {
    return this.#token;
  }

  open(): void {
    if (this.#state.value.name !== 'closed') return;
    this.#unwatch = this.#options.page.watch((moment) => {
      switch (moment) {
        case 'awake':
          if (this.#state.value.name === 'waiting' || this.#state.value.name === 'unauthorized') this.retry();
          // After a sleep a socket may look open and be dead; asking finds out.
          if (this.#state.value.name === 'online') this.#options.onPulse();
          break;
        case 'gone':
          this.#drop();
          this.#state.set({ name: 'connecting' });
          break;
        case 'back':
          this.retry();
          break;
      }
    });
    void this.#connect();
  }

  close(): void {
    this.#unwatch?.();
    this.#drop();
    this.#state.set({ name: 'closed' });
  }

  /** Tries at once instead of at the end of the present wait; nothing to do while online or closed. */
  retry(): void {
    const { name } = this.#state.value;
    if (name === 'online' || name === 'closed') return;
    void this.#connect();
  }

  /** The connection has carried something: the next loss starts with short waits again. */
  proven(): void {
    this.#attempt = 0;
  }

  /** The connection is up by name but silent: gives it up and dials anew. */
  abandon(): void {
    if (this.#state.value.name === 'online') this.#ended({ name: 'lost' });
  }

  /** Goes on under the next token, if there is one already, without a new connection; who is about to connect asks for it anyway. */
  async renew(): Promise<void> {
    if (this.#state.value.name !== 'online') return;
    const round = this.#round;
    const token = await this.#options.source.get();
    if (round !== this.#round) return;
    const user = token && readToken(token)?.user;
    // Somebody else has signed in: nothing of one user's goes on under another's token.
    if (user && user !== this.#user.value) return this.#connect();
    if (user && token !== this.#token) {
      const outcome = await this.request('authenticate', { token });
      if (round !== this.#round) return;
      if (outcome.ok) this.#token = token;
    }
    this.#renewLater();
  }

  request<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Outcome<Name>> {
    return this.#wire?.request(name, payload) ?? Promise.resolve(noAnswer);
  }

  async #connect(): Promise<void> {
    this.#drop();
    const round = this.#round;
    // Not while a token is missing: the reader would see the two states take turns.
    if (this.#state.value.name !== 'unauthorized') this.#state.set({ name: 'connecting' });
    const token = await this.#options.source.get();
    if (round !== this.#round) return;
    const claims = token && readToken(token);
    if (!claims) this.#unauthorized('missing');
    else if (token === this.#expired) this.#unauthorized('expired');
    else this.#dial(token, claims.user, round);
  }

  #dial(token: string, user: string, round: number): void {
    this.#token = token;
    this.#user.set(user);
    // Neither opening nor failing, as some proxies have it: counts as lost.
    this.#timer = setTimeout(() => this.#ended({ name: 'lost' }), limits.answerTimeoutMs);
    const current = () => round === this.#round;
    this.#wire = this.#options.dial(
      { server: this.#target, token, pollingFirst: this.#attempt % 2 === 1 },
      {
        opened: () => current() && this.#opened(),
        event: (event) => current() && this.#event(event),
        pulse: () => current() && this.#options.onPulse(),
        ended: (end) => current() && this.#ended(end),
      },
    );
  }

  #opened(): void {
    clearTimeout(this.#timer);
    this.#expired = undefined;
    this.#renewLater();
    this.#state.set({ name: 'online' });
  }

  #renewLater(): void {
    clearTimeout(this.#timer);
    const waitMs = renewalWaitMs(this.#token);
    if (waitMs !== undefined) this.#timer = setTimeout(() => void this.renew(), waitMs);
  }

  #event(event: ServerEvent): void {
    if (event.name !== 'bye') {
      this.#options.onEvent(event);
      return;
    }
    const { code, retryAfterMs = 0, reconnectTo } = event.data;
    this.#bye = { code, retryAfterMs };
    if (reconnectTo !== undefined && URL.canParse(reconnectTo)) this.#target = reconnectTo;
  }

  #ended(end: WireEnd): void {
    const bye = this.#bye;
    const wasOnline = this.#state.value.name === 'online';
    this.#drop();
    // An instance that was recommended and does not answer is not asked twice.
    if (!wasOnline) this.#target = this.#options.server;
    if (end.name === 'refused' && end.code === 'unauthorized') {
      this.#unauthorized('refused');
    } else if (bye?.code === 'expired') {
      this.#expired = this.#token;
      // A renewed token may lie there already; the same one is not tried again.
      void this.#connect();
    } else if (bye && !byeCatalogue[bye.code].reconnect) {
      this.#state.set({ name: 'removed' });
    } else {
      const retryAfterMs = end.name === 'refused' ? end.retryAfterMs : bye?.retryAfterMs;
      this.#wait(backoffDefaults.reconnect, retryAfterMs ?? 0);
    }
  }

  #wait(backoff: BackoffOptions, atLeastMs: number): void {
    const waitMs = atLeastMs + this.#schedule(backoff, atLeastMs);
    this.#state.set({ name: 'waiting', until: Date.now() + waitMs, offline: !this.#options.page.online });
  }

  #unauthorized(reason: 'missing' | 'refused' | 'expired'): void {
    this.#schedule(backoffDefaults.token, 0);
    this.#state.set({ name: 'unauthorized', reason });
  }

  #schedule(backoff: BackoffOptions, atLeastMs: number): number {
    const jitterMs = fullJitter(this.#attempt, backoff);
    this.#attempt += 1;
    this.#timer = setTimeout(() => void this.#connect(), atLeastMs + jitterMs);
    return jitterMs;
  }

  #drop(): void {
    this.#round += 1;
    clearTimeout(this.#timer);
    this.#bye = undefined;
    this.#wire?.close();
    this.#wire = undefined;
  }
}
