import type { Results } from './results.ts';
import { byChannels, byMembers } from './scenarios/costs.ts';
import { idle, storm, wide } from './scenarios/crowds.ts';
import { lengths } from './scenarios/lengths.ts';
import { million } from './scenarios/million.ts';
import { overload } from './scenarios/overload.ts';
import { capacityOf, lineOf, ratePoints, rates } from './scenarios/rates.ts';
import type { Services, TargetName } from './services.ts';

type Options = { seconds: number; messages: number; servers: readonly TargetName[]; say: (line: string) => void };
type Measure = (services: Services, results: Results, options: Options) => Promise<void>;

export const sectionNames = ['rates', 'wide', 'idle', 'storm', 'overload', 'lengths', 'costs', 'million'] as const;
export type Section = (typeof sectionNames)[number];

/** More than this server took is needed to see it shed; measured on its own, something that two cores can offer. */
const overloadAtLeast = 20_000;

/** Each measures one thing and adds it to the results. */
export const sections: { readonly [Name in Section]: Measure } = {
  async rates(services, results, { seconds, servers, say }) {
    const measured = await rates(services, { names: servers, points: ratePoints, seconds, say });
    results.rates = { ...results.rates, ...measured };
  },
  async wide(services, results, { seconds, say }) {
    results.wide = {};
    for (const members of [1_000, 10_000]) {
      const measured = await wide(services, members, seconds);
      results.wide[members] = measured;
      for (const [name, result] of Object.entries(measured)) say(lineOf(`${name} × ${members}`, result));
    }
  },
  async idle(services, results, { say }) {
    results.idle = await idle(services, 10_000);
    say(JSON.stringify(results.idle));
  },
  async storm(services, results, { say }) {
    results.storm = await storm(services, 2_000);
    say(JSON.stringify(results.storm));
  },
  async overload(services, results, { seconds, say }) {
    const offered = Math.max(overloadAtLeast, 2 * capacityOf(results.rates?.chat));
    results.overload = await overload(services, offered, seconds);
    say(lineOf('overload', results.overload.result));
    say(lineOf('after', results.overload.after));
  },
  async lengths(services, results, { say }) {
    results.lengths = await lengths(services, { points: [1_000, 10_000, 100_000, 1_000_000], say });
  },
  async million(services, results, { messages, say }) {
    results.million = await million(services, { messages, say });
  },
  async costs(services, results, { seconds, say }) {
    results.channels = await byChannels(services, [10, 100, 1_000, 3_000], seconds);
    say(`by channels ${JSON.stringify(results.channels)}`);
    results.members = await byMembers(services, [100, 300, 1_000, 3_000], seconds);
    say(`by members ${JSON.stringify(results.members)}`);
  },
};
