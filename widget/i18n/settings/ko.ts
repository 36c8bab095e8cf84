import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: '설정 닫기',
  sound: '새 메시지 소리',
  notifications: '알림',
  notificationsHint: '이 페이지를 보고 있지 않을 때',
  notificationsDenied: '브라우저가 이 페이지의 알림을 허용하지 않습니다.',
  notificationsMissing: '여기서는 알림을 사용할 수 없습니다.',
  hearing: '스크린 리더가 읽을 내용',
  hearAll: '모든 메시지',
  hearMentions: '언급만',
  hearNone: '읽지 않음',
  textSize: '글자 크기',
  small: '작게',
  normal: '보통',
  large: '크게',
  largest: '아주 크게',
});
