import type { TextsOf } from '../texts.ts';
import type { HeldStrings } from './en.ts';

export const strings: TextsOf<HeldStrings> = ({ plural }) => ({
  waiting: (count, n) =>
    plural(count, { one: '1 mensaje espera aprobación', other: `${n} mensajes esperan aprobación` }),
  heldMessages: 'Mensajes en espera',
  closeHeld: 'Cerrar la lista de mensajes en espera',
  noneWaits: 'No hay mensajes en espera.',
  letThrough: 'Aprobar',
  refuse: 'Rechazar',
  wasLetThrough: 'Mensaje aprobado.',
  wasRefused: 'Mensaje rechazado.',
});
