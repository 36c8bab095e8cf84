import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Rispondi',
  showAnswered: 'Mostra il messaggio a cui risponde',
  edit: 'Modifica',
  copy: 'Copia testo',
  copied: 'Copiato.',
  notCopied: 'Questa pagina non consente alla chat di copiare.',
  delete: 'Elimina',
  deleteAsk: 'Eliminarlo per tutti?',
  react: 'Reagisci',
  otherEmoji: 'Un’altra emoji',
  emojiHint: 'Il tuo sistema ha un selettore: tasto Windows + punto, o ⌃⌘Spazio su un Mac.',
});
