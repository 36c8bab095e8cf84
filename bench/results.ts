import type { LoadResult } from './load/spec.ts';
import type { Profile } from './profile.ts';
import type { Point } from './scenarios/costs.ts';
import type { Idle, Storm } from './scenarios/crowds.ts';
import type { Lengths } from './scenarios/lengths.ts';
import type { Million } from './scenarios/million.ts';
import type { Overload } from './scenarios/overload.ts';
import type { Rates } from './scenarios/rates.ts';
import type { TargetName } from './services.ts';

type ByServer<Result> = { [Name in TargetName]?: Result };

/** Everything that a run measured; what was not asked for is not in it. */
export type Results = {
  machine: { cpu: string; cores: number; memoryGb: number; node: string; at: string };
  rates?: Rates;
  wide?: { [members: string]: ByServer<LoadResult> };
  idle?: ByServer<Idle>;
  storm?: ByServer<Storm>;
  overload?: Overload;
  lengths?: Lengths;
  million?: Million;
  channels?: Point[];
  members?: Point[];
  profile?: Profile;
};
