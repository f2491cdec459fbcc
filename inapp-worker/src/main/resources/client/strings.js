const english = {
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
  inThread: (count) => `${count} in this thread`,
};
const languages = {};
const own = {};

/** The page's language, `lang` of its root element; undefined is the browser's. */
export function language() {
  return globalThis.document?.documentElement?.lang || undefined;
}

/** Replaces texts of the components, whatever the language; call it before they are shown. */
export function setStrings(replacements) {
  Object.assign(own, replacements);
}

/** Adds the English texts of further components. */
export function addStrings(more) {
  Object.assign(english, more);
}

/** Adds texts for pages in a language, e.g. `de`; what is missing stays English. */
export function addLanguage(code, texts) {
  languages[code] = { ...languages[code], ...texts };
}

/** The text `name` in the page's language; counts and names fill it where it is a function. */
export function t(name, ...values) {
  const text = own[name] ?? languages[language()?.split('-')[0]]?.[name] ?? english[name];
  return typeof text === 'function' ? text(...values) : text;
}
