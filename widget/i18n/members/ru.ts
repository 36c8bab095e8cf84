import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Закрыть список участников',
  isMuted: 'не может писать',
  mute: 'Запретить писать',
  unmute: 'Разрешить писать',
  remove: 'Удалить',
  removeAsk: 'Точно удалить',
  title: 'Название',
  whoWrites: 'Кто может писать',
  done: 'Готово.',
  meetingState: (state) => ({ open: 'Все', closed: 'Только организаторы', ended: 'Никто: встреча завершена' })[state],
});
