import type { TextsOf } from '../texts.ts';
import type { MemberStrings } from './en.ts';

export const strings: TextsOf<MemberStrings> = () => ({
  closeMembers: 'Fechar a lista de membros',
  isMuted: 'em silêncio',
  mute: 'Silenciar',
  unmute: 'Deixar de silenciar',
  remove: 'Remover',
  removeAsk: 'Remover mesmo',
  title: 'Título',
  whoWrites: 'Quem pode escrever',
  done: 'Feito.',
  meetingState: (state) => ({ open: 'Todos', closed: 'Só a organização', ended: 'Ninguém: a reunião terminou' })[state],
});
