import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Odpowiedz',
  showAnswered: 'Pokaż wiadomość, na którą to odpowiedź',
  edit: 'Edytuj',
  copy: 'Kopiuj tekst',
  copied: 'Skopiowano.',
  notCopied: 'Ta strona nie pozwala czatowi kopiować.',
  delete: 'Usuń',
  deleteAsk: 'Usunąć dla wszystkich?',
  react: 'Zareaguj',
  otherEmoji: 'Inne emoji',
  emojiHint: 'Twój system ma panel emoji: klawisz Windows + kropka, a na Macu ⌃⌘Spacja.',
});
