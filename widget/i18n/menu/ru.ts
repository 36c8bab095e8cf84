import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'Ответить',
  showAnswered: 'Показать сообщение, на которое это ответ',
  edit: 'Изменить',
  copy: 'Копировать текст',
  copied: 'Скопировано.',
  notCopied: 'Эта страница не разрешает чату копировать.',
  delete: 'Удалить',
  deleteAsk: 'Удалить для всех?',
  react: 'Отреагировать',
  otherEmoji: 'Другой эмодзи',
  emojiHint: 'В вашей системе есть панель эмодзи: клавиша Windows + точка, на Mac ⌃⌘Пробел.',
});
