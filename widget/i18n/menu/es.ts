import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Responder',
  showAnswered: 'Ver el mensaje respondido',
  edit: 'Editar',
  copy: 'Copiar texto',
  copied: 'Copiado.',
  notCopied: 'Esta página no permite que el chat copie.',
  delete: 'Eliminar',
  deleteAsk: '¿Eliminarlo para todos?',
  react: 'Reaccionar',
  otherEmoji: 'Otro emoji',
  emojiHint: 'Tu sistema tiene un selector: tecla Windows + punto, o ⌃⌘Espacio en un Mac.',
});
