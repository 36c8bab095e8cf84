import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'बातचीत',
  everyone: 'मीटिंग में सभी',
  group: 'समूह',
  isPrivate: 'निजी',
  isOnline: 'ऑनलाइन',
  isOffline: 'ऑफ़लाइन',
  lastSeen: (moment) => `पिछली बार देखे गए: ${moment}`,
  writePrivately: 'निजी संदेश भेजें',
  writeTo: (name) => `${name} को निजी संदेश`,
  writeIn: (title) => `${title} को संदेश`,
  privatelyTo: (name) => `निजी, ${name} को`,
  onlyBoth: (name) => `यहाँ आप जो लिखते हैं, उसे केवल आप और ${name} देखते हैं।`,
  groupHint: 'यहाँ आप जो लिखते हैं, उसे इस समूह में सभी देखते हैं।',
  saidPrivately: (name, text) => `${name} का निजी संदेश: ${text}`,
  saidIn: (title, name, text) => `${title} में ${name}: ${text}`,
  privateOff: 'किसी आयोजक ने निजी संदेश बंद कर दिए हैं।',
  notTaken: (name) => `${name} को अभी निजी संदेश नहीं भेजा जा सकता।`,
  conversationOver: (title) => `बातचीत “${title}” आपके लिए बंद कर दी गई।`,
});
