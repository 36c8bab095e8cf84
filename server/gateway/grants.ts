import { type Grant, grantOf } from '../auth/access.ts';
import type { ChannelStore } from '../storage/storage.ts';
import type { Session } from './session.ts';

/** What each session may do where: looked up once, and again after something about it changed. */
export class Grants {
  readonly #store: ChannelStore;

  constructor(store: ChannelStore) {
    this.#store = store;
  }

  /**
   * At once where it is known, so that the packets of a connection keep their order.
   * @throws ChatError `forbidden`
   */
  of(session: Session, channel: string): Grant | Promise<Grant> {
    const known = session.grants.get(channel);
    if (known !== undefined) return known;
    const asked: Promise<Grant> = grantOf(this.#store, session.identity, channel).then(
      (grant) => {
        // Unless it was forgotten meanwhile: then what was read may be what changed.
        if (session.grants.get(channel) === asked) session.grants.set(channel, grant);
        return grant;
      },
      (error: unknown) => {
        if (session.grants.get(channel) === asked) session.grants.delete(channel);
        throw error;
      },
    );
    session.grants.set(channel, asked);
    return asked;
  }

  /** Every channel that this user may read: of the token and of the store. */
  async channelsOf(session: Session): Promise<string[]> {
    const { user, meetings } = session.identity;
    const held = await this.#store.ofUser(user);
    const named = await Promise.all(
      [...meetings.keys()].map(async (channel) =>
        (await this.#store.member(channel, user))?.removed === true ? [] : [channel],
      ),
    );
    return [...new Set([...held.map(({ channel }) => channel.id), ...named.flat()])];
  }
}
