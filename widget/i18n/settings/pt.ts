import type { TextsOf } from '../texts.ts';
import type { SettingsStrings } from './en.ts';

export const strings: TextsOf<SettingsStrings> = () => ({
  closeSettings: 'Fechar as configurações',
  sound: 'Som para novas mensagens',
  notifications: 'Notificações',
  notificationsHint: 'Quando você não está nesta página',
  notificationsDenied: 'Seu navegador não permite notificações desta página.',
  notificationsMissing: 'Não há notificações aqui.',
  hearing: 'O que os leitores de tela leem',
  hearAll: 'Todas as mensagens',
  hearMentions: 'Só menções',
  hearNone: 'Nenhuma mensagem',
  textSize: 'Tamanho do texto',
  small: 'Pequeno',
  normal: 'Normal',
  large: 'Grande',
  largest: 'Muito grande',
});
