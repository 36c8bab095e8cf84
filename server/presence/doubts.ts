/** Users who are to be asked about again after a while, because word of their going may have been lost. */
export class Doubts {
  readonly #dueAt = new Map<string, number>();
  readonly #leastMs: number;

  constructor(leastMs: number) {
    this.#leastMs = leastMs;
  }

  /** A doubt that is there already keeps the later time. */
  raise(user: string, afterMs: number): void {
    const dueAt = performance.now() + Math.max(afterMs, this.#leastMs);
    this.#dueAt.set(user, Math.max(dueAt, this.#dueAt.get(user) ?? 0));
  }

  dispel(user: string): void {
    this.#dueAt.delete(user);
  }

  /** Takes those whose time has come, `limit` at most. */
  due(limit = 1_000): string[] {
    const now = performance.now();
    const users: string[] = [];
    for (const [user, dueAt] of this.#dueAt) {
      if (dueAt > now) continue;
      users.push(user);
      this.#dueAt.delete(user);
      if (users.length === limit) break;
    }
    return users;
  }
}
