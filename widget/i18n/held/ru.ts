import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, {
      one: `${n} сообщение ждёт одобрения`,
      few: `${n} сообщения ждут одобрения`,
      many: `${n} сообщений ждут одобрения`,
      other: `${n} сообщения ждут одобрения`,
    }),
  heldMessages: 'Ожидающие сообщения',
  closeHeld: 'Закрыть список ожидающих сообщений',
  noneWaits: 'Ожидающих сообщений нет.',
  letThrough: 'Одобрить',
  refuse: 'Отклонить',
  wasLetThrough: 'Одобрено.',
  wasRefused: 'Отклонено.',
});
