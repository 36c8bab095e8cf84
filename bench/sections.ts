import type { Results } from './results.ts';
import { byChannels, byMembers } from './scenarios/costs.ts';
import { idle, storm, wide } from './scenarios/crowds.ts';
import { lengths } from './scenarios/lengths.ts';
import { million } from './scenarios/million.ts';
import { overload } from './scenarios/overload.ts';
import { capacityOf, lineOf, ratePoints, rates } from './scenarios/rates.ts';
import type { TargetName } from './services.ts';

type Options = {
  seconds: number;
  servers: readonly TargetName[];
  /** Instead of the usual ones; then every one of them, also above what a server bears. */
  points?: readonly number[];
  /** How large the large ones are: 1 as they should be, less to see quickly that a section works. */
  scale: number;
  /** Of the section `million`. */
  messages: number;
  say: (line: string) => void;
};
type Measure = (results: Results, options: Options) => Promise<void>;

export const sectionNames = ['rates', 'wide', 'idle', 'storm', 'overload', 'lengths', 'costs', 'million'] as const;
export type Section = (typeof sectionNames)[number];

/** More than this server took is needed to see it shed; measured on its own, something that two cores can offer. */
const overloadAtLeast = 20_000;

/** Whole channels of ten. */
function scaled(sizes: readonly number[], scale: number): number[] {
  return sizes.map((size) => Math.max(10, Math.round((size * scale) / 10) * 10));
}

/** Each measures one thing and adds it to the results. */
export const sections: { readonly [Name in Section]: Measure } = {
  async rates(results, { seconds, servers, points, say }) {
    const measured = await rates({
      names: servers,
      points: points ?? ratePoints,
      untilBroken: points === undefined,
      seconds,
      say,
    });
    results.rates = { ...results.rates, ...measured };
  },
  async wide(results, { seconds, scale, say }) {
    results.wide = {};
    for (const members of scaled([1_000, 10_000], scale)) {
      const measured = await wide(members, seconds);
      results.wide[members] = measured;
      for (const [name, result] of Object.entries(measured)) say(lineOf(`${name} × ${members}`, result));
    }
  },
  async idle(results, { scale, say }) {
    const [connections = 0] = scaled([10_000], scale);
    results.idle = await idle(connections);
    say(JSON.stringify(results.idle));
  },
  async storm(results, { scale, say }) {
    const [connections = 0] = scaled([2_000], scale);
    results.storm = await storm(connections);
    say(JSON.stringify(results.storm));
  },
  async overload(results, { seconds, say }) {
    const offered = Math.max(overloadAtLeast, 2 * capacityOf(results.rates?.chat));
    results.overload = await overload(offered, seconds);
    say(lineOf('overload', results.overload.result));
    say(lineOf('after', results.overload.after));
  },
  async lengths(results, { scale, say }) {
    const points = scaled([1_000, 10_000, 100_000, 1_000_000], scale);
    results.lengths = await lengths({ points, say });
  },
  async million(results, { messages, say }) {
    results.million = await million({ messages, say });
  },
  async costs(results, { seconds, scale, say }) {
    results.channels = await byChannels(scaled([10, 100, 1_000, 3_000], scale), seconds);
    say(`by channels ${JSON.stringify(results.channels)}`);
    results.members = await byMembers(scaled([100, 300, 1_000, 3_000], scale), seconds);
    say(`by members ${JSON.stringify(results.members)}`);
  },
};
