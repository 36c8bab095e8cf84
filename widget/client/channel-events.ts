import type { Channel, Entry, Member, Members, ChannelState as Opening, Receipts } from '../../protocol/entities.ts';
import type { PresenceChange } from '../../protocol/events.ts';

/** The channel after its own entries: a new title, another state. */
export function applyToChannel(channel: Channel, entries: readonly Entry[]): Channel {
  let { title, settings } = channel;
  for (const entry of entries) {
    if (entry.type !== 'system') continue;
    if (entry.event === 'title') title = entry.value;
    else if (isOpening(entry.value)) settings = { ...settings, state: entry.value };
  }
  return title === channel.title && settings === channel.settings ? channel : { ...channel, title, settings };
}

function isOpening(value: string): value is Opening {
  return value === 'open' || value === 'closed' || value === 'ended';
}

/** Both watermarks of a member only ever rise, in whatever order news of them arrives. */
export function mergeReceipts(held: Receipts, news: Receipts): Receipts {
  const merged = { ...held };
  for (const [user, { delivered, read }] of Object.entries(news)) {
    const before = held[user];
    merged[user] = {
      delivered: Math.max(before?.delivered ?? 0, delivered),
      read: Math.max(before?.read ?? 0, read),
    };
  }
  return merged;
}

/** A member who is not known yet is listed once the server has said under what name. */
export function mergePresence(held: Members, news: { [user: string]: PresenceChange }): Members {
  const merged = { ...held };
  for (const [user, change] of Object.entries(news)) {
    if (change.removed) {
      delete merged[user];
      continue;
    }
    const before: Member | undefined = held[user];
    const name = change.name ?? before?.name;
    const role = change.role ?? before?.role;
    if (name !== undefined && role !== undefined) merged[user] = { ...before, ...change, name, role };
  }
  return merged;
}
