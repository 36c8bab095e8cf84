import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Cerrar la lista de miembros',
  isMuted: 'en silencio',
  mute: 'Silenciar',
  unmute: 'Dejar de silenciar',
  remove: 'Quitar',
  removeAsk: 'Quitar de verdad',
  title: 'Título',
  whoWrites: 'Quién puede escribir',
  done: 'Hecho.',
  meetingState: (state) =>
    ({ open: 'Todos', closed: 'Solo la organización', ended: 'Nadie: la reunión ha terminado' })[state],
});
