import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Gesprekken',
  everyone: 'Iedereen in de vergadering',
  group: 'Groep',
  isPrivate: 'Privé',
  isOnline: 'Online',
  isOffline: 'Offline',
  lastSeen: (moment) => `Laatst gezien: ${moment}`,
  writePrivately: 'Privébericht sturen',
  writeTo: (name) => `Privébericht aan ${name}`,
  writeIn: (title) => `Bericht aan ${title}`,
  privatelyTo: (name) => `Privé, aan ${name}`,
  onlyBoth: (name) => `Alleen jij en ${name} zien wat je hier schrijft.`,
  groupHint: 'Iedereen in deze groep ziet wat je hier schrijft.',
  saidPrivately: (name, text) => `Privébericht van ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} in ${title}: ${text}`,
  privateOff: 'De organisatie heeft privéberichten uitgezet.',
  notTaken: (name) => `Je kunt ${name} nu geen privébericht sturen.`,
  conversationOver: (title) => `Het gesprek “${title}” is voor jou gesloten.`,
});
