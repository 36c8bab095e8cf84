import { RecentMap } from '../recent-map.ts';

/** Names whose spending is remembered; the one idle longest is forgotten first, and starts again with nothing spent. */
const remembered = 100_000;
/** A burst: so many seconds' worth at once. */
const burstSeconds = 5;
/** The dearest request must be possible, however small the allowance is. */
const leastBurst = 2;

/** How many users' allowances each has. */
export const shares = Object.freeze({
  user: 1,
  /** Twice its user's: what costs a user nothing, such as events that do not exist, is held here. */
  connection: 2,
  channel: 50,
  /** An office or a mobile network shares one. */
  address: 100,
});
export type Kind = keyof typeof shares;

/** Whom something is charged to. */
export type Spender = { [K in Kind]?: string };
/** A packet is work even if it was refused. */
const leastOfConnection = 0.2;

/** Tenths do not add up exactly; nobody waits for that. */
const rounding = 1e-6;

/** What was spent and has not flowed off yet, in messages. */
type Level = { spent: number; at: number };
export type Spending = { name: string; spent: number; perSecond: number };

/** A leaky bucket for each name. One message is 1; the bucket holds a burst and drains at the sustained rate. */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #levels = new RecentMap<string, Level>(remembered);
  /** Since the other instances were told; undefined where nobody tells them. */
  #untold: Map<string, Spending> | undefined;

  /** `perSecond`: of one user, sustained; 0 = no limits at all. */
  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  get isOn(): boolean {
    return this.#perSecond > 0;
  }

  /** Charges `cost` to all of them, or to none. Answers 0 where all had it, else in how many ms they will. */
  take(spender: Spender, cost: number): number {
    if (this.#perSecond === 0) return 0;
    const { connection, ...others } = spender;
    const ofConnection = connection === undefined ? 0 : this.#takeOne('connection', connection, cost);
    if (ofConnection > 0) return ofConnection;
    const all = Object.entries(others) as [Kind, string][];
    const waitMs = Math.max(0, ...all.map(([kind, name]) => this.#waitMs(kind, name, cost)));
    if (waitMs === 0) for (const [kind, name] of all) this.#charge(kind, name, cost);
    return waitMs;
  }

  /** Charges what has been done already, to whomever; what it leaves in debt is repaid by waiting. */
  charge(spender: Spender, cost: number): void {
    if (this.#perSecond === 0) return;
    for (const [kind, name] of Object.entries(spender) as [Kind, string][]) this.#charge(kind, name, cost);
  }

  /** From now on what is spent is gathered for `takeUntold`; whoever calls this must take it, for it grows until then. */
  share(): void {
    this.#untold ??= new Map();
  }

  /** What was spent here since the last call, of those whom other instances may know too. */
  takeUntold(): Spending[] {
    const untold = this.#untold;
    if (untold === undefined) return [];
    this.#untold = new Map();
    return [...untold.values()];
  }

  /** What is spent of it by all instances together, as of the last call of `takeUntold`. */
  learn(name: string, spent: number): void {
    const since = this.#untold?.get(name)?.spent ?? 0;
    this.#levels.set(name, { spent: spent + since, at: this.#now() });
  }

  #takeOne(kind: Kind, name: string, cost: number): number {
    const waitMs = this.#waitMs(kind, name, Math.max(cost, leastOfConnection));
    if (waitMs === 0) this.#charge(kind, name, Math.max(cost, leastOfConnection));
    return waitMs;
  }

  #waitMs(kind: Kind, name: string, cost: number): number {
    const perSecond = shares[kind] * this.#perSecond;
    const over = this.#level(kind, name).spent + cost - Math.max(perSecond * burstSeconds, leastBurst);
    return over <= rounding ? 0 : Math.ceil((over / perSecond) * 1_000);
  }

  #charge(kind: Kind, name: string, cost: number): void {
    if (cost === 0) return;
    const full = fullName(kind, name);
    const level = this.#level(kind, name);
    level.spent += cost;
    this.#levels.set(full, level);
    if (kind === 'connection' || this.#untold === undefined) return;
    const untold = this.#untold.get(full) ?? { name: full, spent: 0, perSecond: shares[kind] * this.#perSecond };
    untold.spent += cost;
    this.#untold.set(full, untold);
  }

  #level(kind: Kind, name: string): Level {
    const now = this.#now();
    const known = this.#levels.get(fullName(kind, name));
    if (known === undefined) return { spent: 0, at: now };
    // A clock that was set back drains nothing, and holds nobody until it has caught up.
    known.at = Math.min(known.at, now);
    const drained = ((now - known.at) / 1_000) * shares[kind] * this.#perSecond;
    return { spent: Math.max(0, known.spent - drained), at: now };
  }
}

function fullName(kind: Kind, name: string): string {
  return `${kind}:${name}`;
}
