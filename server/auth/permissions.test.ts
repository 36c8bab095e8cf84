import { expect, it } from 'vitest';
import { type Action, refusalOf } from './permissions.ts';

type Cell = 'yes' | 'closed' | 'forbidden';

// The table once more, by hand, so that a slip in the one shows against the other.
const expected: { [row: string]: { [action in Action]: Cell } } = {
  'organizer open': { read: 'yes', write: 'yes', moderate: 'yes', manage: 'yes' },
  'organizer closed': { read: 'yes', write: 'yes', moderate: 'yes', manage: 'yes' },
  'organizer ended': { read: 'yes', write: 'closed', moderate: 'yes', manage: 'yes' },
  'participant open': { read: 'yes', write: 'yes', moderate: 'forbidden', manage: 'forbidden' },
  'participant closed': { read: 'yes', write: 'closed', moderate: 'forbidden', manage: 'forbidden' },
  'participant ended': { read: 'yes', write: 'closed', moderate: 'forbidden', manage: 'forbidden' },
};

for (const role of ['organizer', 'participant'] as const) {
  for (const state of ['open', 'closed', 'ended'] as const) {
    for (const action of ['read', 'write', 'moderate', 'manage'] as const) {
      const cell = expected[`${role} ${state}`]?.[action];
      it(`${role}, ${state} channel, ${action}: ${cell}`, () => {
        expect(refusalOf(action, { role, state, muted: false }) ?? 'yes').toBe(cell);
      });
      it(`muted ${role}, ${state} channel, ${action}: ${action === 'write' ? 'forbidden' : cell}`, () => {
        expect(refusalOf(action, { role, state, muted: true }) ?? 'yes').toBe(action === 'write' ? 'forbidden' : cell);
      });
    }
  }
}
