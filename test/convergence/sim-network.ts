import type { CommandName, Payload } from '../../protocol/commands.ts';
import { limits } from '../../protocol/limits.ts';
import { type Dial, noAnswer, type Outcome, type WireListener } from '../../widget/client/wire.ts';
import type { SimClock } from './sim-clock.ts';
import type { SimInstance, SimSession } from './sim-instance.ts';
import { copy } from './sim-store.ts';

/** The server ends a connection of which nothing was heard for so long. */
const deadAfterMs = 25_000;

/** Between clients and instances. Connections keep the order of what they carry; they break, and some go silent. */
export class SimNetwork {
  /** The part of frames that vanish, as they do where a proxy drops a poll. */
  losing = 0;
  readonly #clock: SimClock;
  readonly #instances: () => readonly SimInstance[];
  readonly #lines = new Set<Line>();

  constructor(clock: SimClock, instances: () => readonly SimInstance[]) {
    this.#clock = clock;
    this.#instances = instances;
  }

  dialAs(user: string): Dial {
    return (_, listener) => {
      const line = new Line(this.#clock, () => this.losing, user, listener);
      this.#lines.add(line);
      this.#clock.after(this.#clock.between(1, 60), () => {
        const up = this.#instances().filter(({ alive }) => alive);
        line.open(up[Math.floor(this.#clock.random() * up.length)]);
      });
      return line;
    };
  }

  /** Breaks the user's connections: `both` ends notice, or nobody does. */
  break(user: string, noticed: boolean): void {
    for (const line of this.#lines) if (line.user === user) line.break(noticed);
  }
}

class Line {
  readonly user: string;
  readonly #clock: SimClock;
  readonly #losing: () => number;
  readonly #listener: WireListener;
  #instance: SimInstance | undefined;
  #session: SimSession | undefined;
  #isOpen = false;
  #isSilent = false;
  #isClosed = false;
  readonly #asked = new Set<() => void>();
  #lastUp = 0;
  #lastDown = 0;

  constructor(clock: SimClock, losing: () => number, user: string, listener: WireListener) {
    this.#clock = clock;
    this.#losing = losing;
    this.user = user;
    this.#listener = listener;
  }

  open(instance: SimInstance | undefined): void {
    if (this.#isClosed) return;
    if (!instance) {
      this.#ended();
      return;
    }
    this.#instance = instance;
    this.#session = {
      user: this.user,
      joined: new Set(),
      tell: (name, data) => {
        if (this.#clock.random() < this.#losing()) return;
        const event = copy({ name, data }) as Parameters<WireListener['event']>[0];
        this.#down(() => this.#listener.event(event));
      },
      end: () => this.#clock.after(this.#clock.between(1, 50), () => this.#ended()),
    };
    instance.sessions.add(this.#session);
    this.#isOpen = true;
    this.#listener.opened();
  }

  request<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Outcome<Name>> {
    const [instance, session] = [this.#instance, this.#session];
    if (!this.#isOpen || !instance || !session) return Promise.resolve(noAnswer);
    const sent = copy(payload);
    return new Promise((resolve) => {
      const give = (outcome: Outcome<Name>) => {
        this.#asked.delete(unanswered);
        resolve(outcome);
      };
      const unanswered = () => give(noAnswer);
      this.#asked.add(unanswered);
      this.#clock.after(limits.answerTimeoutMs, unanswered);
      if (this.#clock.random() < this.#losing()) return;
      this.#up(async () => {
        const answer = copy(await instance.run(session, name, sent));
        if (instance.alive && this.#clock.random() >= this.#losing()) this.#down(() => give(answer));
      });
    });
  }

  break(noticed: boolean): void {
    if (!this.#isOpen) return;
    if (noticed) {
      this.#clock.after(this.#clock.between(0, 200), () => this.#ended());
      this.#hangUp(this.#clock.between(0, 2_000));
    } else {
      this.#isSilent = true;
      this.#hangUp(deadAfterMs);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#isOpen = false;
    for (const unanswered of [...this.#asked]) unanswered();
    this.#hangUp(this.#clock.between(0, 100));
  }

  #ended(): void {
    if (this.#isClosed) return;
    this.close();
    this.#listener.ended({ name: 'lost' });
  }

  #hangUp(ms: number): void {
    const [instance, session] = [this.#instance, this.#session];
    if (instance && session) this.#clock.after(ms, () => instance.leave(session));
  }

  /** To the instance, which may hear it even when the client has gone. */
  #up(arrive: () => void): void {
    if (this.#isSilent) return;
    this.#lastUp = Math.max(this.#lastUp, this.#clock.now + this.#clock.between(1, 40));
    this.#clock.after(this.#lastUp - this.#clock.now, () => this.#instance?.alive && arrive());
  }

  #down(arrive: () => void): void {
    if (this.#isSilent || !this.#isOpen) return;
    this.#lastDown = Math.max(this.#lastDown, this.#clock.now + this.#clock.between(1, 40));
    this.#clock.after(this.#lastDown - this.#clock.now, () => this.#isOpen && !this.#isSilent && arrive());
  }
}
