import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Beantwoorden',
  showAnswered: 'Beantwoord bericht tonen',
  edit: 'Bewerken',
  copy: 'Tekst kopiëren',
  copied: 'Gekopieerd.',
  notCopied: 'Deze pagina staat de chat niet toe te kopiëren.',
  delete: 'Verwijderen',
  deleteAsk: 'Voor iedereen verwijderen?',
  react: 'Reageren',
  otherEmoji: 'Andere emoji',
  emojiHint: 'Je systeem heeft een kiezer: Windows-toets + punt, of ⌃⌘spatie op een Mac.',
});
