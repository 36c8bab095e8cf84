import type { TextsOf } from '../texts.ts';
import type { ConversationStrings } from './en.ts';

export const strings: TextsOf<ConversationStrings> = () => ({
  conversations: 'Sohbetler',
  everyone: 'Toplantıdaki herkes',
  group: 'Grup',
  isPrivate: 'Özel',
  isOnline: 'Çevrimiçi',
  isOffline: 'Çevrimdışı',
  lastSeen: (moment) => `Son görülme: ${moment}`,
  writePrivately: 'Özel mesaj gönder',
  writeTo: (name) => `${name} için özel mesaj`,
  writeIn: (title) => `${title} için mesaj`,
  privatelyTo: (name) => `Özel, alıcı: ${name}`,
  onlyBoth: (name) => `Burada yazdıklarınızı yalnızca siz ve ${name} görürsünüz.`,
  groupHint: 'Burada yazdıklarınızı bu gruptaki herkes görür.',
  saidPrivately: (name, text) => `Özel mesaj, ${name}: ${text}`,
  saidIn: (title, name, text) => `${title} içinde ${name}: ${text}`,
  privateOff: 'Bir düzenleyici özel mesajları kapattı.',
  notTaken: (name) => `${name} şu anda özel mesaj alamıyor.`,
  conversationOver: (title) => `“${title}” sohbeti sizin için kapatıldı.`,
});
