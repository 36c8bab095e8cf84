import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Répondre',
  showAnswered: 'Voir le message auquel il répond',
  edit: 'Modifier',
  copy: 'Copier le texte',
  copied: 'Copié.',
  notCopied: 'Cette page ne permet pas à la discussion de copier.',
  delete: 'Supprimer',
  deleteAsk: 'Supprimer pour tout le monde ?',
  react: 'Réagir',
  otherEmoji: 'Autre emoji',
  emojiHint: 'Votre système a un sélecteur : touche Windows + point, ou ⌃⌘Espace sur un Mac.',
});
