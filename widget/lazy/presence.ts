import type { Member } from '../../protocol/entities.ts';
import { conversations as english } from '../i18n/conversations/en.ts';
import { dayNumber } from '../i18n/formats.ts';
import type { ViewContext } from '../views/context.ts';

/** Whether somebody is there; else since when not, as far as that is told. */
export function presenceOf({ state, lastSeen }: Member, { strings, formats }: ViewContext): string {
  const words = { ...english, ...strings };
  if (state === 'online') return words.isOnline;
  if (lastSeen === undefined) return words.isOffline;
  const now = Date.now();
  const time = formats.time(lastSeen);
  const isToday = dayNumber(lastSeen) === dayNumber(now);
  return words.lastSeen(isToday ? time : `${formats.day(lastSeen, now)}, ${time}`);
}
