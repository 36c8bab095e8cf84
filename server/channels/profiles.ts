import type { Identity } from '../auth/identity.ts';
import { RecentMap } from '../recent-map.ts';
import type { StoredUser, UserStore } from '../storage/storage.ts';

/** Users whose profile this instance need not read again. */
const remembered = 20_000;

/** Keeps users' profiles as their tokens tell them. */
export class Profiles {
  readonly #store: UserStore;
  readonly #written = new RecentMap<string, string>(remembered);

  constructor(store: UserStore) {
    this.#store = store;
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
    const now = sameForm(profile);
    if (this.#written.get(user) === now) return;
    const stored = (await this.#store.get([user])).get(user);
    if (stored === undefined || sameForm(stored) !== now) await this.#store.put(profile);
    this.#written.set(user, now);
  }
}

function sameForm({ name, picture, provider }: Omit<StoredUser, 'id'>): string {
  return JSON.stringify([name, picture, provider]);
}
