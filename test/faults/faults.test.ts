import { afterAll, describe } from 'vitest';
import { startCluster } from '../cluster.ts';
import { withService } from '../services/process.ts';
import { faultsOfCluster } from './faults.ts';
import { testFaults } from './hold.ts';

const cluster = await withService(() => startCluster({ instances: 3 }));
afterAll(() => cluster?.stop());

describe('R1 R2 R3 R4 R5 R13: three instances over MongoDB and Redis lose, double and reorder nothing when', () => {
  testFaults(cluster, faultsOfCluster);
});
