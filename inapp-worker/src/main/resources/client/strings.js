const strings = {
  notifications: 'Notifications',
  unread: (count) => (count === 1 ? '1 unread notification' : `${count} unread notifications`),
  markAllRead: 'Mark all read',
  dismiss: 'Dismiss',
  close: 'Close',
  loading: 'Loading notifications',
  empty: 'You’re all caught up',
  emptyHint: 'New notifications will show up here.',
  failed: 'Notifications could not be loaded',
  retry: 'Try again',
  more: 'Show older',
  seeAll: 'See all notifications',
  unreadItem: 'Unread',
  offline: 'Reconnecting…',
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
};

/** Replaces texts of the components, e.g. with another language's; call it before they are shown. */
export function setStrings(replacements) {
  Object.assign(strings, replacements);
}

/** The text `name`; counts and names fill it where it is a function. */
export function t(name, ...values) {
  const text = strings[name];
  return typeof text === 'function' ? text(...values) : text;
}
