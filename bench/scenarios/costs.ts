import { load } from '../loads.ts';
import { start } from '../services.ts';

export type Point = { x: number; y: number };

/** Server CPU ms for a message, over the number of channels that messages go to. */
export async function byChannels(counts: readonly number[], seconds: number): Promise<Point[]> {
  const points: Point[] = [];
  for (const channels of counts) {
    const target = await start('chat');
    try {
      const { cpuPer1000 } = await load(target, { channels, members: 2, perSecond: 1_000, seconds, beatMs: 3_600_000 });
      points.push({ x: channels, y: cpuPer1000.server ?? 0 });
    } finally {
      await target.stop();
    }
  }
  return points;
}

/**
 * Server CPU in parts of one core, over the members of one channel each of whom sends a heartbeat and a receipt a second.
 * Somebody writes once a second, so that there is something to receive.
 */
export async function byMembers(counts: readonly number[], seconds: number): Promise<Point[]> {
  const points: Point[] = [];
  for (const members of counts) {
    const target = await start('chat');
    try {
      const { cpuShare } = await load(target, { channels: 1, members, perSecond: 1, seconds, beatMs: 1_000 });
      points.push({ x: members, y: cpuShare.server ?? 0 });
    } finally {
      await target.stop();
    }
  }
  return points;
}
