import type { Entry, MessageEntry, Reactions } from '../../protocol/entities.ts';

/** What stands for an erased user wherever something must: made anew for each, and leading back to nobody. */
export type Erased = { user: string; instead: string };

/** The entry without the user: what they wrote is empty, who they were is `instead`. */
export function withoutUser<E extends Entry>(entry: E, erased: Erased): E {
  // Each branch answers an entry of the type that it was given.
  return without(entry, erased) as E;
}

function without(entry: Entry, erased: Erased): Entry {
  switch (entry.type) {
    case 'message':
      return message(entry, erased);
    case 'edit':
      return {
        ...entry,
        ...mentions(entry, erased),
        ...(entry.by === erased.user ? { by: erased.instead, text: '' } : {}),
      };
    case 'reaction':
      return { ...entry, by: by(entry, erased), reactions: reactions(entry.reactions, erased) };
    case 'delete':
    case 'system':
      return { ...entry, by: by(entry, erased) };
  }
}

function message(entry: MessageEntry, erased: Erased): MessageEntry {
  const { seq, type, id, sender, sentAt, deletedAt = sentAt, editedAt } = entry;
  if (sender.id === erased.user) {
    // Its key was the user's own word too. What replaces it is as unique in the channel as the seq.
    const kept = { seq, type, id, key: `erased-${seq}`, sentAt, ...(editedAt === undefined ? {} : { editedAt }) };
    return { ...kept, sender: { id: erased.instead, name: '' }, text: '', deletedAt };
  }
  const left = entry.reactions === undefined ? undefined : reactions(entry.reactions, erased);
  const { reactions: _, ...rest } = entry;
  return { ...rest, ...mentions(entry, erased), ...(left && Object.keys(left).length > 0 ? { reactions: left } : {}) };
}

function by({ by }: { by: string }, { user, instead }: Erased): string {
  return by === user ? instead : by;
}

function mentions(entry: { mentions?: string[] }, { user }: Erased): { mentions?: string[] } {
  return entry.mentions === undefined ? {} : { mentions: entry.mentions.filter((mentioned) => mentioned !== user) };
}

function reactions(all: Reactions, { user }: Erased): Reactions {
  return Object.fromEntries(
    Object.entries(all)
      .map(([emoji, users]) => [emoji, users.filter((each) => each !== user)] as const)
      .filter(([, users]) => users.length > 0),
  );
}
