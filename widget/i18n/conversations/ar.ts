import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'المحادثات',
  everyone: 'جميع من في الاجتماع',
  group: 'مجموعة',
  isPrivate: 'خاص',
  isOnline: 'متصل',
  isOffline: 'غير متصل',
  lastSeen: (moment) => `آخر ظهور: ${moment}`,
  writePrivately: 'مراسلة خاصة',
  writeTo: (name) => `رسالة خاصة إلى ${name}`,
  writeIn: (title) => `رسالة إلى ${title}`,
  privatelyTo: (name) => `خاص، إلى ${name}`,
  onlyBoth: (name) => `ما تكتبه هنا لا يراه إلا أنت و${name}.`,
  groupHint: 'ما تكتبه هنا يراه جميع من في هذه المجموعة.',
  saidPrivately: (name, text) => `رسالة خاصة من ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} في ${title}: ${text}`,
  privateOff: 'أوقف أحد المنظِّمين الرسائل الخاصة.',
  notTaken: (name) => `تتعذّر مراسلة ${name} على انفراد الآن.`,
  conversationOver: (title) => `أُغلقت المحادثة «${title}» بالنسبة إليك.`,
});
