import type { Bus, BusHandlers, BusMessage, Topic } from '../../server/bus/bus.ts';
import type { SimClock } from './sim-clock.ts';
import { copy } from './sim-store.ts';

/** Between the instances: at most once, in order from each to each, sometimes away altogether. */
export class SimExchange {
  readonly clock: SimClock;
  readonly ends = new Set<SimBus>();
  losing = 0;
  #up = true;

  constructor(clock: SimClock) {
    this.clock = clock;
  }

  get up(): boolean {
    return this.#up;
  }

  down(): void {
    this.#up = false;
  }

  back(): void {
    if (this.#up) return;
    this.#up = true;
    for (const end of this.ends) end.handlers?.restored();
  }
}

export class SimBus implements Bus {
  handlers: BusHandlers | undefined;
  readonly #exchange: SimExchange;
  readonly #topics = new Set<Topic>();
  readonly #arrivals = new Map<SimBus, number>();

  constructor(exchange: SimExchange) {
    this.#exchange = exchange;
  }

  get up(): boolean {
    return this.#exchange.up;
  }

  async start(handlers: BusHandlers): Promise<void> {
    this.handlers = handlers;
    this.#exchange.ends.add(this);
  }

  publish(topic: Topic, message: BusMessage): void {
    const { clock, losing, up, ends } = this.#exchange;
    if (!up || clock.random() < losing) return;
    const copied = copy(message);
    for (const end of ends) {
      if (end === this) continue;
      const at = Math.max(this.#arrivals.get(end) ?? 0, clock.now + clock.between(0.2, 20));
      this.#arrivals.set(end, at);
      clock.after(at - clock.now, () => this.#exchange.up && end.#receive(topic, copied));
    }
  }

  subscribe(topic: Topic): Promise<void> {
    return new Promise((done) => {
      this.#exchange.clock.after(1, () => {
        this.#topics.add(topic);
        done();
      });
    });
  }

  unsubscribe(topic: Topic): void {
    this.#topics.delete(topic);
  }

  async close(): Promise<void> {
    this.#exchange.ends.delete(this);
    this.handlers = undefined;
  }

  #receive(topic: Topic, message: BusMessage): void {
    if (this.#topics.has(topic)) this.handlers?.receive(topic, message);
  }
}
