import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Üye listesini kapat',
  isMuted: 'susturuldu',
  mute: 'Sustur',
  unmute: 'Susturmayı kaldır',
  remove: 'Çıkar',
  removeAsk: 'Gerçekten çıkar',
  title: 'Başlık',
  whoWrites: 'Kimler yazabilir',
  done: 'Tamam.',
  meetingState: (state) =>
    ({ open: 'Herkes', closed: 'Yalnızca düzenleyenler', ended: 'Hiç kimse: toplantı sona erdi' })[state],
});
