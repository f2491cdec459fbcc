import { addStrings } from './strings.js';

/* Texts of <carillon-push>. */
addStrings({
  pushTitle: 'Push notifications',
  pushOff: 'Get notified on this device, even when this page is closed.',
  pushOn: 'This device gets push notifications.',
  pushDenied: 'Notifications are blocked in this browser’s settings for this site.',
  pushUnsupported: 'This browser does not support push notifications.',
  pushInstall: 'Add this page to your home screen first; then push can be enabled there.',
  pushInsecure: 'Push needs a secure (https) connection.',
  pushFailed: 'Push could not be enabled.',
  pushEnable: 'Enable push',
  pushDisable: 'Disable',
  pushBusy: 'One moment…',
});
