import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Antworten',
  showAnswered: 'Beantwortete Nachricht zeigen',
  edit: 'Bearbeiten',
  copy: 'Text kopieren',
  copied: 'Kopiert.',
  notCopied: 'Diese Seite erlaubt dem Chat das Kopieren nicht.',
  delete: 'Löschen',
  deleteAsk: 'Für alle löschen?',
  react: 'Reagieren',
  otherEmoji: 'Anderes Emoji',
  emojiHint: 'Ihr System hat eine Auswahl: Windows-Taste + Punkt, auf dem Mac ⌃⌘Leertaste.',
});
