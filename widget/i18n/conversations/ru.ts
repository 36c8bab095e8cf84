import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Беседы',
  everyone: 'Все участники встречи',
  group: 'Группа',
  isPrivate: 'Лично',
  isOnline: 'В сети',
  isOffline: 'Не в сети',
  lastSeen: (moment) => `Последнее посещение: ${moment}`,
  writePrivately: 'Написать лично',
  writeTo: (name) => `Личное сообщение для ${name}`,
  writeIn: (title) => `Сообщение в «${title}»`,
  privatelyTo: (name) => `Лично, для ${name}`,
  onlyBoth: (name) => `То, что вы здесь пишете, видите только вы и ${name}.`,
  groupHint: 'То, что вы здесь пишете, видят все в этой группе.',
  saidPrivately: (name, text) => `Личное сообщение от ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} в «${title}»: ${text}`,
  privateOff: 'Организатор отключил личные сообщения.',
  notTaken: (name) => `Сейчас нельзя написать лично: ${name}.`,
  conversationOver: (title) => `Беседа «${title}» для вас закрыта.`,
});
