import type { TextsOf } from '../texts.ts';
import type { MenuStrings } from './en.ts';

export const strings: TextsOf<MenuStrings> = () => ({
  reply: 'जवाब दें',
  showAnswered: 'जिस संदेश का जवाब है, उसे दिखाएँ',
  edit: 'संपादित करें',
  copy: 'टेक्स्ट कॉपी करें',
  copied: 'कॉपी हो गया।',
  notCopied: 'यह पेज चैट को कॉपी करने नहीं देता।',
  delete: 'हटाएँ',
  deleteAsk: 'सभी के लिए हटाएँ?',
  react: 'प्रतिक्रिया दें',
  otherEmoji: 'कोई और इमोजी',
  emojiHint: 'आपके सिस्टम में इमोजी पैनल है: Windows कुंजी + पूर्ण विराम (.), या Mac पर ⌃⌘Space।',
});
