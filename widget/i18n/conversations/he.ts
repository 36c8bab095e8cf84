import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'שיחות',
  everyone: 'כל המשתתפים בפגישה',
  group: 'קבוצה',
  isPrivate: 'פרטי',
  isOnline: 'בחיבור',
  isOffline: 'לא בחיבור',
  lastSeen: (moment) => `נראה לאחרונה: ${moment}`,
  writePrivately: 'הודעה פרטית',
  writeTo: (name) => `הודעה פרטית אל ${name}`,
  writeIn: (title) => `הודעה אל ${title}`,
  privatelyTo: (name) => `פרטי, אל ${name}`,
  onlyBoth: (name) => `רק לך ול־${name} גלוי מה שנכתב כאן.`,
  groupHint: 'מה שנכתב כאן גלוי לכל חברי הקבוצה.',
  saidPrivately: (name, text) => `הודעה פרטית מאת ${name}: ${text}`,
  saidIn: (title, name, text) => `${name} ב־${title}: ${text}`,
  privateOff: 'ההודעות הפרטיות כובו בידי המארגנים.',
  notTaken: (name) => `אי אפשר לכתוב כעת באופן פרטי אל ${name}.`,
  conversationOver: (title) => `השיחה „${title}” נסגרה עבורך.`,
});
