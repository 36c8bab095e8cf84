import { limits } from '../../protocol/limits.ts';
import { RecentMap } from '../recent-map.ts';
import type { Storage } from '../storage/storage.ts';

type Directory = {
  ids: ReadonlySet<string>;
  /** What they can be called, in lower case; several may have one name. */
  names: ReadonlyMap<string, readonly string[]>;
};

/** Of a larger channel these can be called by name; the others by id, in the message's own `mentions`. */
const membersKnown = 1_000;
/** For how long a channel's members are remembered: a conversation that is full of names costs two reads a second. */
const rememberedMs = 1_000;
const channelsRemembered = 500;

/** Finds who is meant: `@name` in a text, and the ids that came with it. Only members can be. */
export class Mentions {
  readonly #store: Pick<Storage, 'channels' | 'users'>;
  readonly #now: () => number;
  readonly #directories = new RecentMap<string, { at: number; directory: Promise<Directory> }>(channelsRemembered);

  constructor(store: Pick<Storage, 'channels' | 'users'>, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** The users meant, each once, at most `limits.mentions`. A text without an @ and without ids costs nothing, and no wait. */
  in(channel: string, text: string, given: readonly string[] = []): string[] | Promise<string[]> {
    if (given.length === 0 && !text.includes('@')) return [];
    return this.#find(channel, text, given);
  }

  /** Somebody came or went. */
  forget(channel: string): void {
    this.#directories.delete(channel);
  }

  async #find(channel: string, text: string, given: readonly string[]): Promise<string[]> {
    const { ids, names } = await this.#directory(channel);
    const strangers = given.filter((user) => !ids.has(user));
    const records = strangers.length === 0 ? undefined : await this.#store.channels.membersNamed(channel, strangers);
    const members = given.filter((user) => {
      const record = records?.get(user);
      return ids.has(user) || (record !== undefined && record.removed !== true);
    });
    return [...new Set([...members, ...calledIn(text, names)])].slice(0, limits.mentions);
  }

  #directory(channel: string): Promise<Directory> {
    const known = this.#directories.get(channel);
    if (known !== undefined && this.#now() - known.at < rememberedMs) return known.directory;
    const directory = this.#read(channel);
    this.#directories.set(channel, { at: this.#now(), directory });
    directory.catch(() => this.#directories.delete(channel));
    return directory;
  }

  async #read(channel: string): Promise<Directory> {
    const members = await this.#store.channels.members(channel, membersKnown);
    const ids = members.map(({ user }) => user);
    const profiles = await this.#store.users.get(ids);
    const names = new Map<string, string[]>();
    for (const id of ids) {
      for (const name of new Set([profiles.get(id)?.name ?? id, id].map((called) => called.toLowerCase()))) {
        names.set(name, [...(names.get(name) ?? []), id]);
      }
    }
    return { ids: new Set(ids), names };
  }
}

/** An @ behind a Latin letter or a digit is an address and calls nobody; other scripts may write it without a space. */
const call = /(?<!\w)@(?=\S)/gu;
const wordEnd = /(?<=[\p{L}\p{N}_\p{M}])(?![\p{L}\p{N}_\p{M}])|(?<=[^\s\p{L}\p{N}_\p{M}])/gu;

/** The users whose names stand behind an @; of several names that fit the longest. */
export function calledIn(text: string, names: ReadonlyMap<string, readonly string[]>): string[] {
  const users: string[] = [];
  let calls = 0;
  for (const { index } of text.matchAll(call)) {
    calls += 1;
    // More than can be meant is not looked at: a text of nothing but @ must not cost more than others.
    if (calls > limits.mentions) break;
    const behind = text.slice(index + 1, index + 1 + limits.nameLength).toLowerCase();
    const ends = [...behind.matchAll(wordEnd)].map((end) => end.index).reverse();
    const end = ends.find((at) => names.has(behind.slice(0, at)));
    if (end !== undefined) users.push(...(names.get(behind.slice(0, end)) ?? []));
  }
  return users;
}
