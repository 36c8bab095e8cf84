import type { Entry, MessageEntry } from '../../protocol/entities.ts';
import { SimExchange } from './sim-bus.ts';
import { SimClock } from './sim-clock.ts';
import { SimInstance } from './sim-instance.ts';
import { SimNetwork } from './sim-network.ts';
import { SimStore } from './sim-store.ts';
import { channel, SimUser } from './sim-user.ts';

export type Step = { afterMs: number } & (
  | { do: 'write' | 'change' | 'reload' | 'older'; who: number }
  | { do: 'break'; who: number; noticed: boolean }
  | { do: 'crash' | 'restart'; which: number }
  | { do: 'freeze'; ms: number }
  | { do: 'part'; ms: number }
);

export type Schedule = {
  seed: number;
  instances: number;
  users: number;
  /** Parts of 1: frames that vanish, messages between instances that do, writes that fail in whatever way. */
  frameLoss: number;
  busLoss: number;
  writeLoss: number;
  steps: Step[];
};

/** Everything is well again at the latest after this long without a fault. */
const patienceMs = 180_000;
const names = ['alice', 'bob', 'carol'];

/** Runs the schedule with the real cores of client and server; answers what is wrong in the end, or undefined. */
export async function simulate(schedule: Schedule): Promise<string | undefined> {
  const clock = new SimClock(schedule.seed);
  const uninstall = clock.install();
  const world = new World(clock, schedule);
  try {
    for (const step of schedule.steps) {
      await clock.pass(step.afterMs);
      world.do(step);
      const flaw = world.flaw();
      if (flaw) return flaw;
    }
    world.heal();
    for (let waited = 0; waited < patienceMs; waited += 1_000) {
      await clock.pass(1_000);
      if (world.settled) break;
    }
    return world.verdict();
  } finally {
    world.close();
    uninstall();
  }
}

class World {
  readonly #clock: SimClock;
  readonly #store: SimStore;
  readonly #exchange: SimExchange;
  readonly #network: SimNetwork;
  readonly #instances: SimInstance[];
  readonly #users: SimUser[];

  constructor(clock: SimClock, { instances, users, frameLoss, busLoss, writeLoss }: Schedule) {
    this.#clock = clock;
    this.#store = new SimStore(clock);
    this.#exchange = new SimExchange(clock);
    this.#instances = Array.from({ length: instances }, () => this.#start());
    this.#network = new SimNetwork(clock, () => this.#instances);
    this.#users = names.slice(0, users).map((name) => new SimUser(name, clock, this.#network.dialAs(name)));
    this.#store.failing = writeLoss;
    this.#exchange.losing = busLoss;
    this.#network.losing = frameLoss;
  }

  do(step: Step): void {
    switch (step.do) {
      case 'write':
        this.#user(step.who)?.write();
        break;
      case 'change':
        this.#user(step.who)?.change();
        break;
      case 'reload':
        this.#user(step.who)?.reload();
        break;
      case 'older':
        this.#user(step.who)?.older();
        break;
      case 'break':
        this.#network.break(this.#user(step.who)?.name ?? '', step.noticed);
        break;
      case 'crash':
        this.#instances[step.which % this.#instances.length]?.crash();
        break;
      case 'restart':
        this.#restart(step.which % this.#instances.length);
        break;
      case 'freeze':
        this.#store.freeze(step.ms);
        break;
      case 'part':
        this.#exchange.down();
        this.#clock.after(step.ms, () => this.#exchange.back());
        break;
    }
  }

  /** No fault any more. */
  heal(): void {
    this.#store.failing = this.#exchange.losing = this.#network.losing = 0;
    this.#store.thaw();
    this.#exchange.back();
    this.#instances.forEach((instance, i) => {
      if (!instance.alive) this.#restart(i);
    });
  }

  get settled(): boolean {
    return this.#store.writing === 0 && this.#users.every((user) => this.#lags(user) === undefined);
  }

  /** What must never be, not even for a moment. */
  flaw(): string | undefined {
    for (const { flaw } of this.#instances) if (flaw) return flaw;
    for (const { name, state, news } of this.#users) {
      const messages = state.log?.messages ?? [];
      if (!ascending(messages.map(({ seq }) => seq))) return `${name} sees messages out of order or doubled`;
      if (!ascending(news)) return `${name} was told of a message twice, or out of order`;
      const keys = new Set(messages.map(({ key }) => key));
      if (state.outbox.some(({ key }) => keys.has(key))) return `${name} sees a message and its echo`;
    }
    return undefined;
  }

  /** What is wrong when all had the time to come to an end. */
  verdict(): string | undefined {
    for (const user of this.#users) {
      const lag = this.#lags(user);
      if (lag) return `${user.name} never caught up: ${lag}`;
    }
    return this.flaw() ?? this.#storeFlaw() ?? this.#screenFlaw();
  }

  close(): void {
    for (const user of this.#users) user.close();
    for (const instance of this.#instances) instance.crash();
  }

  #storeFlaw(): string | undefined {
    const entries = this.#entries();
    if (entries.some(({ seq }, i) => seq !== i + 1)) return 'the log has a gap';
    const sent = messagesOf(entries);
    for (const { name, written } of this.#users) {
      // By key, because texts are edited: the first words stay.
      const own = sent.flatMap(({ sender, text, deletedAt }) =>
        sender.id === name ? [deletedAt === undefined ? text.replaceAll(', or so', '') : undefined] : [],
      );
      if (own.length !== written.length) return `${name} wrote ${written.length} messages, ${own.length} are stored`;
      if (own.some((text, i) => text !== undefined && text !== written[i]))
        return `${name}'s messages are out of order`;
    }
    return undefined;
  }

  #screenFlaw(): string | undefined {
    const sent = messagesOf(this.#entries());
    for (const { name, state } of this.#users) {
      const { messages = [], hasBefore } = state.log ?? {};
      const expected = hasBefore ? sent.slice(sent.length - messages.length) : sent;
      if (JSON.stringify(sorted(messages)) !== JSON.stringify(sorted(expected)))
        return `${name} sees another log than the store's`;
    }
    return undefined;
  }

  #lags({ state }: SimUser): string | undefined {
    if (state.phase.name !== 'live') return `its phase is ${state.phase.name}`;
    if (state.outbox.length > 0)
      return `${state.outbox.length} in its outbox, the first ${state.outbox[0]?.state.name}`;
    const head = this.#entries().length;
    return state.log?.head === head ? undefined : `its head is ${state.log?.head} of ${head}`;
  }

  #entries(): readonly Entry[] {
    return this.#store.log.entries(channel);
  }

  #user(who: number): SimUser | undefined {
    return this.#users[who % this.#users.length];
  }

  #start(): SimInstance {
    return new SimInstance(this.#store, this.#exchange);
  }

  #restart(which: number): void {
    this.#instances[which]?.crash();
    this.#instances[which] = this.#start();
  }
}

function messagesOf(entries: readonly Entry[]): MessageEntry[] {
  return entries.filter((entry) => entry.type === 'message');
}

function ascending(seqs: readonly number[]): boolean {
  return seqs.every((seq, i) => i === 0 || seq > (seqs[i - 1] ?? 0));
}

/** Fields in one order: equal messages give equal JSON. */
function sorted(messages: readonly MessageEntry[]): unknown[] {
  return messages.map((message) => Object.entries(message).sort(([a], [b]) => (a < b ? -1 : 1)));
}
