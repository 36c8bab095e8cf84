import { type AccessStore, type Grant, grantOf } from '../auth/access.ts';
import type { Caller } from '../auth/caller.ts';

/** What each caller may do where: looked up once where changes are heard of, and again after one; elsewhere each time. */
export class Grants {
  readonly #store: AccessStore;

  constructor(store: AccessStore) {
    this.#store = store;
  }

  /**
   * At once where it is known, so that the packets of a connection keep their order.
   * @throws ChatError `forbidden`
   */
  of(caller: Caller, channel: string): Grant | Promise<Grant> {
    const known = caller.grants.get(channel);
    if (known !== undefined) return known;
    const mayKeep = caller.follows(channel);
    // Those who ask meanwhile wait for the same answer, and so behind one another.
    const asked: Promise<Grant> = grantOf(this.#store, caller.identity, channel).then(
      (grant) => {
        // Unless it was forgotten meanwhile: then what was read may be what changed.
        if (caller.grants.get(channel) !== asked) return grant;
        // Inside of a meeting much depends on the meeting, which the caller need not have joined.
        if (mayKeep && grant.channel.settings.meeting === undefined) caller.grants.set(channel, grant);
        else caller.grants.delete(channel);
        return grant;
      },
      (error: unknown) => {
        if (caller.grants.get(channel) === asked) caller.grants.delete(channel);
        throw error;
      },
    );
    caller.grants.set(channel, asked);
    return asked;
  }
}
