import { Type } from 'typebox';
import { Id, Seq, UserId } from '../../../protocol/entities.ts';

// What routes have in their paths, and the words that the documentation sorts them by.

export const ofChannel = Type.Object({ id: Id });
export const ofMember = Type.Object({ id: Id, user: UserId });
export const ofMessage = Type.Object({
  id: Id,
  seq: Type.Integer({ ...Seq, description: 'The message’s number in its channel.' }),
});
export const ofUser = Type.Object({ user: UserId });

export const nothing = Type.Null({ description: 'Done.' });

export const tags = {
  messages: ['Messages'],
  channels: ['Channels'],
  members: ['Members'],
  users: ['Users'],
} as const;
