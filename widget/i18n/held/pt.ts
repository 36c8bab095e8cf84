import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, { one: `${n} mensagem aguarda aprovação`, other: `${n} mensagens aguardam aprovação` }),
  heldMessages: 'Mensagens em espera',
  closeHeld: 'Fechar a lista de mensagens em espera',
  noneWaits: 'Não há mensagens em espera.',
  letThrough: 'Aprovar',
  refuse: 'Recusar',
  wasLetThrough: 'Mensagem aprovada.',
  wasRefused: 'Mensagem recusada.',
});
