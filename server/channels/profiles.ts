import type { Identity } from '../auth/identity.ts';
import { RecentMap } from '../recent-map.ts';
import type { StoredUser, UserStore } from '../storage/storage.ts';

/** Users whose profile this instance need not read again … */
const remembered = 20_000;
/** … for so long: under another token, another instance may have written another one. */
const rememberedMs = 5_000;

/** Keeps users' profiles as their tokens tell them. */
export class Profiles {
  readonly #store: UserStore;
  readonly #now: () => number;
  readonly #written = new RecentMap<string, { form: string; until: number }>(remembered);

  constructor(store: UserStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** It may have been erased. */
  forget(user: string): void {
    this.#written.delete(user);
  }

  /** Stores the profile where it is new or another than before. */
  async remember({ user, name, picture, provider }: Identity): Promise<void> {
    const profile = {
      id: user,
      name,
      ...(picture === undefined ? {} : { picture }),
      ...(provider === undefined ? {} : { provider }),
    };
    const form = sameForm(profile);
    const written = this.#written.get(user);
    if (written?.form === form && this.#now() < written.until) return;
    const stored = (await this.#store.get([user])).get(user);
    if (stored === undefined || sameForm(stored) !== form) await this.#store.put(profile);
    this.#written.set(user, { form, until: this.#now() + rememberedMs });
  }
}

function sameForm({ name, picture, provider }: Omit<StoredUser, 'id'>): string {
  return JSON.stringify([name, picture, provider]);
}
