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
};

/** Replaces texts of the components, e.g. with another language's; call it before they are shown. */
export function setStrings(replacements) {
  Object.assign(strings, replacements);
}

/** Adds the texts of further components; what was replaced already stays. */
export function addStrings(more) {
  for (const [name, text] of Object.entries(more)) strings[name] ??= text;
}

/** The text `name`; counts and names fill it where it is a function. */
export function t(name, ...values) {
  const text = strings[name];
  return typeof text === 'function' ? text(...values) : text;
}
