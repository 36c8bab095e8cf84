import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Conversazioni',
  everyone: 'Tutti nella riunione',
  group: 'Gruppo',
  isPrivate: 'Privato',
  isOnline: 'Online',
  isOffline: 'Offline',
  lastSeen: (moment) => `Ultimo accesso: ${moment}`,
  writePrivately: 'Scrivi in privato',
  writeTo: (name) => `Messaggio privato per ${name}`,
  writeIn: (title) => `Messaggio per ${title}`,
  privatelyTo: (name) => `In privato, a ${name}`,
  onlyBoth: (name) => `Solo tu e ${name} vedete ciò che scrivi qui.`,
  groupHint: 'Tutti in questo gruppo vedono ciò che scrivi qui.',
  saidPrivately: (name, text) => `Messaggio privato da ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} in ${title}: ${text}`,
  privateOff: 'L’organizzazione ha disattivato i messaggi privati.',
  notTaken: (name) => `Al momento non si può scrivere in privato a ${name}.`,
  conversationOver: (title) => `La conversazione «${title}» è stata chiusa per te.`,
});
