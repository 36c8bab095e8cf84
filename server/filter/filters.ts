import type { ChannelFilter, FilterAction } from '../../protocol/entities.ts';
import { RecentMap } from '../recent-map.ts';
import { createFilter, type Filter, masked } from './filter.ts';

export type Verdict =
  /** To be stored, perhaps with stars in it. */
  { kind: 'take'; text: string } | { kind: 'hold' } | { kind: 'reject' };

type Ready = { action: FilterAction; filter: Filter };

/**
 * Of the words that are kept ready, and of their names: some 60 MB. Anyone can make a channel and give it a list, so that a
 * number of channels would be no bound.
 */
const lettersRemembered = 1_500_000;
const strictest: readonly FilterAction[] = ['reject', 'hold', 'mask'];

/** The server's words and each channel's own, and what is to be done about them. */
export class Filters {
  readonly #server: () => ChannelFilter | undefined;
  /** The server's, for as long as they hold: they may be many, and no channel's push them out. */
  #serverReady: { settings: ChannelFilter; ready: Ready } | undefined;
  readonly #ready = new RecentMap<string, Ready>(lettersRemembered, (name, { filter }) => name.length + filter.letters);

  /** `server`: what holds everywhere, as it stands now. */
  constructor(server: () => ChannelFilter | undefined) {
    this.#server = server;
  }

  /** Of several that find something, the strictest decides. */
  judge(channel: ChannelFilter | undefined, text: string): Verdict {
    const found = [this.#readyOfServer(), this.#readyFor(channel)].flatMap((ready) => {
      if (ready === undefined) return [];
      const ranges = ready.filter.find(text);
      return ranges.length === 0 ? [] : [{ action: ready.action, ranges }];
    });
    const action = strictest.find((each) => found.some((one) => one.action === each));
    if (action === 'reject' || action === 'hold') return { kind: action };
    const ranges = found.flatMap((one) => one.ranges);
    return { kind: 'take', text: ranges.length === 0 ? text : masked(text, ranges) };
  }

  #readyOfServer(): Ready | undefined {
    const settings = this.#server();
    if (settings === undefined || settings.action === 'off') return undefined;
    if (this.#serverReady?.settings !== settings) this.#serverReady = { settings, ready: readied(settings) };
    return this.#serverReady.ready;
  }

  #readyFor(settings: ChannelFilter | undefined): Ready | undefined {
    if (settings === undefined || settings.action === 'off') return undefined;
    const name = JSON.stringify(settings);
    const known = this.#ready.get(name);
    if (known !== undefined) return known;
    const ready = readied(settings);
    this.#ready.set(name, ready);
    return ready;
  }
}

function readied({ action, english, words = [] }: ChannelFilter): Ready {
  return { action, filter: createFilter({ english, words }) };
}
