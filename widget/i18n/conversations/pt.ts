import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Conversas',
  everyone: 'Todos na reunião',
  group: 'Grupo',
  isPrivate: 'Privado',
  isOnline: 'On-line',
  isOffline: 'Off-line',
  lastSeen: (moment) => `Visto por último: ${moment}`,
  writePrivately: 'Escrever em privado',
  writeTo: (name) => `Mensagem privada para ${name}`,
  writeIn: (title) => `Mensagem para ${title}`,
  privatelyTo: (name) => `Em privado, para ${name}`,
  onlyBoth: (name) => `Só você e ${name} veem o que você escreve aqui.`,
  groupHint: 'Todos neste grupo veem o que você escreve aqui.',
  saidPrivately: (name, text) => `Mensagem privada de ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} em ${title}: ${text}`,
  privateOff: 'A organização desativou as mensagens privadas.',
  notTaken: (name) => `Não é possível escrever em privado para ${name} agora.`,
  conversationOver: (title) => `A conversa “${title}” foi fechada para você.`,
});
