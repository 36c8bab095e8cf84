import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Responder',
  showAnswered: 'Ver a mensagem respondida',
  edit: 'Editar',
  copy: 'Copiar texto',
  copied: 'Copiado.',
  notCopied: 'Esta página não permite que o chat copie.',
  delete: 'Apagar',
  deleteAsk: 'Apagar para todos?',
  react: 'Reagir',
  otherEmoji: 'Outro emoji',
  emojiHint: 'Seu sistema tem um seletor: tecla Windows + ponto, ou ⌃⌘Espaço no Mac.',
});
