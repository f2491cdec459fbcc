import { addStrings } from './strings.js';

/* Texts of <carillon-preferences>. */
addStrings({
  channels: 'Channels',
  inApp: 'In-app',
  email: 'E-mail',
  push: 'Push',
  quietHours: 'Quiet hours',
  quietUntil: (end) => `quiet until ${end}`,
  from: 'From',
  to: 'to',
  days: 'Days',
  quietChannels: 'Channels that keep quiet',
  quietNow: 'Make it now',
  defaultZone: 'default time zone',
  byType: 'By type of notification',
  pauseAll: 'Pause everything',
  pausedUntil: (time) => `paused until ${time}`,
  anHour: '1 hour',
  tomorrow: 'until tomorrow',
  resume: 'Resume',
  preferencesFailed: 'Preferences could not be loaded',
  saving: 'Saving…',
  saved: 'Saved',
  conflict: 'Changed elsewhere, loaded again',
  notSaved: (why) => `Not saved: ${why}`,
});
