import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Conversaciones',
  everyone: 'Todos en la reunión',
  group: 'Grupo',
  isPrivate: 'Privado',
  isOnline: 'En línea',
  isOffline: 'Sin conexión',
  lastSeen: (moment) => `Última vez: ${moment}`,
  writePrivately: 'Escribir en privado',
  writeTo: (name) => `Mensaje privado para ${name}`,
  writeIn: (title) => `Mensaje para ${title}`,
  privatelyTo: (name) => `En privado, para ${name}`,
  onlyBoth: (name) => `Solo tú y ${name} veis lo que escribes aquí.`,
  groupHint: 'Todos los de este grupo ven lo que escribes aquí.',
  saidPrivately: (name, text) => `Mensaje privado de ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} en ${title}: ${text}`,
  privateOff: 'La organización ha desactivado los mensajes privados.',
  notTaken: (name) => `Ahora no se puede escribir en privado a ${name}.`,
  conversationOver: (title) => `La conversación «${title}» se ha cerrado para ti.`,
});
