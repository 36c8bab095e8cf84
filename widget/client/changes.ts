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
    case 'reaction': {
      if (message.deletedAt !== undefined) return message;
      const { reactions: _, ...rest } = message;
      // As the server has it: a message without any reaction has no such field.
      return Object.keys(change.reactions).length > 0 ? { ...rest, reactions: change.reactions } : rest;
    }
  }
}
