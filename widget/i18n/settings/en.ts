/** The texts of the settings, which come with them. */
export type SettingsStrings = {
  readonly closeSettings: string;
  readonly sound: string;
  readonly notifications: string;
  readonly notificationsHint: string;
  readonly notificationsDenied: string;
  readonly notificationsMissing: string;
  readonly hearing: string;
  readonly hearAll: string;
  readonly hearMentions: string;
  readonly hearNone: string;
  readonly textSize: string;
  readonly small: string;
  readonly normal: string;
  readonly large: string;
  readonly largest: string;
};

export const settings: SettingsStrings = {
  closeSettings: 'Close the settings',
  sound: 'Sound for new messages',
  notifications: 'Notifications',
  notificationsHint: 'While you are not on this page',
  notificationsDenied: 'Your browser does not allow notifications from this page.',
  notificationsMissing: 'There are no notifications here.',
  hearing: 'What screen readers read out',
  hearAll: 'All messages',
  hearMentions: 'Mentions only',
  hearNone: 'No messages',
  textSize: 'Text size',
  small: 'Small',
  normal: 'Normal',
  large: 'Large',
  largest: 'Very large',
};
