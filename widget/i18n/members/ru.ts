import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Закрыть список участников',
  isOnline: 'В сети',
  isOffline: 'Не в сети',
  isMuted: 'не может писать',
  mute: 'Запретить писать',
  unmute: 'Разрешить писать',
  remove: 'Удалить',
  removeAsk: 'Точно удалить',
  title: 'Название',
  whoWrites: 'Кто может писать',
  done: 'Готово.',
  lastSeen: (moment) => `Последнее посещение: ${moment}`,
  meetingState: (state) => ({ open: 'Все', closed: 'Только организаторы', ended: 'Никто: встреча завершена' })[state],
});
