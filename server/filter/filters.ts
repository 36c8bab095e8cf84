import type { ChannelFilter, FilterAction } from '../../protocol/entities.ts';
import { RecentMap } from '../recent-map.ts';
import { createFilter, type Filter, masked } from './filter.ts';

export type Verdict =
  /** To be stored, perhaps with stars in it. */
  { kind: 'take'; text: string } | { kind: 'hold' } | { kind: 'reject' };

type Ready = { action: FilterAction; filter: Filter };

/** Channels whose words are kept ready. */
const remembered = 1_000;
const strictest: readonly FilterAction[] = ['reject', 'hold', 'mask'];

/** The server's words and each channel's own, and what is to be done about them. */
export class Filters {
  readonly #server: () => ChannelFilter | undefined;
  readonly #ready = new RecentMap<string, Ready>(remembered);

  /** `server`: what holds everywhere, as it stands now. */
  constructor(server: () => ChannelFilter | undefined) {
    this.#server = server;
  }

  /** Of several that find something, the strictest decides. */
  judge(channel: ChannelFilter | undefined, text: string): Verdict {
    const found = [this.#server(), channel].flatMap((settings) => {
      if (settings === undefined || settings.action === 'off') return [];
      const { action, filter } = this.#readyFor(settings);
      const ranges = filter.find(text);
      return ranges.length === 0 ? [] : [{ action, ranges }];
    });
    const action = strictest.find((each) => found.some((one) => one.action === each));
    if (action === 'reject' || action === 'hold') return { kind: action };
    const ranges = found.flatMap((one) => one.ranges);
    return { kind: 'take', text: ranges.length === 0 ? text : masked(text, ranges) };
  }

  #readyFor(settings: ChannelFilter): Ready {
    const name = JSON.stringify(settings);
    const known = this.#ready.get(name);
    if (known !== undefined) return known;
    const { action, english, words = [] } = settings;
    const ready = { action, filter: createFilter({ english, words }) };
    this.#ready.set(name, ready);
    return ready;
  }
}
