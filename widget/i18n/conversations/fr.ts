import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Discussions',
  everyone: 'Tout le monde dans la réunion',
  group: 'Groupe',
  isPrivate: 'Privé',
  isOnline: 'En ligne',
  isOffline: 'Hors ligne',
  lastSeen: (moment) => `Dernière présence : ${moment}`,
  writePrivately: 'Écrire en privé',
  writeTo: (name) => `Message privé à ${name}`,
  writeIn: (title) => `Message à ${title}`,
  privatelyTo: (name) => `En privé, à ${name}`,
  onlyBoth: (name) => `Seuls ${name} et vous voyez ce que vous écrivez ici.`,
  groupHint: 'Tous les membres de ce groupe voient ce que vous écrivez ici.',
  saidPrivately: (name, text) => `Message privé de ${name} : ${text}`,
  saidIn: (title, name, text) => `${name} dans ${title} : ${text}`,
  privateOff: 'Les messages privés ont été désactivés par l’organisation.',
  notTaken: (name) => `Impossible d’écrire en privé à ${name} pour le moment.`,
  conversationOver: (title) => `La discussion « ${title} » a été fermée pour vous.`,
});
