import { draw, type Picture } from './pictures.ts';
import type { Results } from './results.ts';
import { targetNames } from './services.ts';

/** Above this a curve says "broken", and would flatten all others. */
const shownUpToMs = 200;

/** A picture of everything that was measured over something; answers which. */
export function drawAll(results: Results): Picture[] {
  const pictures = picturesOf(results).filter(({ curves }) => curves.some(({ points }) => points.length > 1));
  for (const picture of pictures) draw(picture);
  return pictures;
}

function picturesOf({ rates, lengths, channels, members }: Results): Picture[] {
  const pictures: Picture[] = [];
  if (rates !== undefined)
    pictures.push({
      file: 'latency-by-rate',
      title: 'p99 of delivery, by rate',
      x: 'messages a second, each to 10 members',
      y: 'ms',
      logX: true,
      curves: targetNames.flatMap((name) => {
        const points = (rates[name] ?? []).map(({ perSecond, delivery }) => ({
          x: perSecond,
          y: Math.min(delivery.p99, shownUpToMs),
        }));
        return points.length === 0 ? [] : [{ name, points }];
      }),
    });
  if (lengths !== undefined)
    pictures.push({
      file: 'cost-by-length',
      title: 'What a request costs in a long channel',
      x: 'messages in the channel',
      y: 'ms, median',
      logX: true,
      curves: [
        { name: 'send', points: lengths.points.map(({ length, sendMs }) => ({ x: length, y: sendMs })) },
        { name: 'join', points: lengths.points.map(({ length, joinMs }) => ({ x: length, y: joinMs })) },
        { name: 'page of history', points: lengths.points.map(({ length, pageMs }) => ({ x: length, y: pageMs })) },
      ],
    });
  if (channels !== undefined)
    pictures.push({
      file: 'cost-by-channels',
      title: 'Server CPU for a message, by number of channels',
      x: 'channels that messages go to',
      y: 'ms',
      logX: true,
      curves: [{ name: '1,000 messages a second in all', points: channels }],
    });
  if (members !== undefined)
    pictures.push({
      file: 'cost-by-members',
      title: 'Receipts and heartbeats of one channel, each member once a second',
      x: 'members',
      y: 'CPU, parts of a core',
      curves: [
        { name: 'measured', points: members },
        { name: 'in proportion to the members', points: proportional(members), dashed: true },
      ],
    });
  return pictures;
}

/** The line that a cost of O(n) would follow, through the last point. */
function proportional(points: Results['members'] = []): { x: number; y: number }[] {
  const last = points.at(-1) ?? { x: 1, y: 0 };
  return points.map(({ x }) => ({ x, y: (last.y * x) / last.x }));
}
