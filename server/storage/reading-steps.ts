/** A member's `read` watermark came to `seq` at this time. */
export type ReadingStep = { seq: number; at: number };

/** Of each member so many are kept, the latest: enough to say when the messages on their screen were read. */
export const stepsKept = 20;

/** When the watermark passed `seq`; of what lies before the steps that are kept the earliest of them, so at the latest. */
export function passedAt(steps: readonly ReadingStep[], seq: number): number | undefined {
  return steps.find((step) => step.seq >= seq)?.at;
}
