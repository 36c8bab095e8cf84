import { afterAll, describe } from 'vitest';
import { startInstance } from '../instance.ts';
import { faultsOfOne, type Instances } from './faults.ts';
import { testFaults } from './hold.ts';

const alone: Instances = { instances: [await startInstance()] };
afterAll(() => alone.instances[0]?.remove());

describe('R1 R2 R3 R4 R5: one instance with the embedded store loses, doubles and reorders nothing when', () => {
  testFaults(alone, faultsOfOne);
});
