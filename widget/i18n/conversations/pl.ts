import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Rozmowy',
  everyone: 'Wszyscy na spotkaniu',
  group: 'Grupa',
  isPrivate: 'Prywatnie',
  isOnline: 'Online',
  isOffline: 'Offline',
  lastSeen: (moment) => `Ostatnia aktywność: ${moment}`,
  writePrivately: 'Napisz prywatnie',
  writeTo: (name) => `Wiadomość prywatna do: ${name}`,
  writeIn: (title) => `Wiadomość do: ${title}`,
  privatelyTo: (name) => `Prywatnie, do: ${name}`,
  onlyBoth: (name) => `To, co tu piszesz, widzicie tylko Ty i ${name}.`,
  groupHint: 'To, co tu piszesz, widzą wszyscy w tej grupie.',
  saidPrivately: (name, text) => `Wiadomość prywatna od: ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} w ${title}: ${text}`,
  privateOff: 'Organizator wyłączył wiadomości prywatne.',
  notTaken: (name) => `Nie można teraz pisać prywatnie do: ${name}.`,
  conversationOver: (title) => `Rozmowa „${title}” została dla Ciebie zamknięta.`,
});
