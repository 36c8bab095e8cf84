import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Unterhaltungen',
  everyone: 'Alle in der Besprechung',
  group: 'Gruppe',
  isPrivate: 'Privat',
  isOnline: 'Online',
  isOffline: 'Offline',
  lastSeen: (moment) => `Zuletzt gesehen: ${moment}`,
  writePrivately: 'Privat schreiben',
  writeTo: (name) => `Private Nachricht an ${name}`,
  writeIn: (title) => `Nachricht an ${title}`,
  privatelyTo: (name) => `Privat, an ${name}`,
  onlyBoth: (name) => `Was du hier schreibst, sehen nur du und ${name}.`,
  groupHint: 'Was du hier schreibst, sehen alle in dieser Gruppe.',
  saidPrivately: (name, text) => `Private Nachricht von ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} in ${title}: ${text}`,
  privateOff: 'Die Organisation hat private Nachrichten ausgeschaltet.',
  notTaken: (name) => `An ${name} kann gerade nicht privat geschrieben werden.`,
  conversationOver: (title) => `Die Unterhaltung „${title}“ wurde für dich geschlossen.`,
});
