import type { ChangeEntry, MessageEntry } from '../../protocol/entities.ts';

/** The message after the change. Applying a change twice gives the same. */
export function applyChange(message: MessageEntry, change: ChangeEntry): MessageEntry {
  switch (change.type) {
    case 'edit': {
      if (message.deletedAt !== undefined) return message;
      const { mentions: _, ...rest } = message;
      const edited = { ...rest, text: change.text, editedAt: change.at };
      return change.mentions ? { ...edited, mentions: change.mentions } : edited;
    }
    case 'delete': {
      const { mentions: _, reactions: __, ...rest } = message;
      return { ...rest, text: '', deletedAt: change.at };
    }
    case 'reaction':
      return message.deletedAt === undefined ? { ...message, reactions: change.reactions } : message;
  }
}
