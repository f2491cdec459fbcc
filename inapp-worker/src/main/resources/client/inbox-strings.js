import { addStrings } from './strings.js';

/* Texts of <carillon-inbox>. */
addStrings({
  all: 'All',
  unreadOnly: 'Unread',
  archived: 'Archive',
  search: 'Search notifications',
  selectAll: 'Select all on this page',
  select: (title) => `Select: ${title}`,
  selected: (count) => `${count} selected`,
  markRead: 'Mark read',
  markUnread: 'Mark unread',
  archive: 'Archive',
  unarchive: 'Move back',
  dismissMany: 'Dismiss',
  confirmDismiss: (count) => (count === 1 ? 'Dismiss this notification for good?' : `Dismiss ${count} notifications for good?`),
  cancel: 'Cancel',
  noMatch: 'Nothing matches',
  noMatchHint: 'Try another filter or search.',
  newOnes: (count) => (count === 1 ? 'Show 1 new notification' : `Show ${count} new notifications`),
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
  previous: 'Newer',
  next: 'Older',
});
