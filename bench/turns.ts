import type { Target } from './services.ts';

/**
 * Servers side by side, of which one at a time has its turn. The others stand still meanwhile, and their databases: what they
 * would still do, such as write out what they hold, takes nothing from it.
 */
export class Turns<Name extends string> {
  readonly #targets = new Map<Name, Target>();

  get names(): Name[] {
    return [...this.#targets.keys()];
  }

  add(name: Name, target: Target): void {
    this.#targets.set(name, target);
    target.signal('SIGSTOP');
  }

  async take<Result>(name: Name, act: (target: Target) => Promise<Result>): Promise<Result> {
    const target = this.#targets.get(name);
    if (target === undefined) throw new Error(`there is no ${name}`);
    target.signal('SIGCONT');
    try {
      return await act(target);
    } finally {
      target.signal('SIGSTOP');
    }
  }

  async leave(name: Name): Promise<void> {
    const target = this.#targets.get(name);
    this.#targets.delete(name);
    await target?.stop();
  }

  async end(): Promise<void> {
    await Promise.all(this.names.map((name) => this.leave(name)));
  }
}
