/** Views of the inbox: the value of `status` in the list call. */
export const VIEWS = { all: undefined, unreadOnly: 'unread', snoozed: 'snoozed', archived: 'archived' };

/** Values of the filters `date_range` and `priority`, in the order in which they are offered. */
export const DATES = ['today', 'week', 'month', '3months'];
export const PRIORITIES = ['urgent', 'high', 'normal', 'low'];

/**
 * What the inbox shows: a view, a search, filters, one thread or all, a page. Pure; each change gives a new one, and all but turning the
 * page go back to the first.
 */
export class FeedQuery {
  constructor({ view = 'all', q = '', type = '', category = '', date = '', priority = '', thread = '', page = 1, limit = 20 } = {}) {
    Object.assign(this, { view: Object.hasOwn(VIEWS, view) ? view : 'all', q, type, category, date, priority, thread, page, limit });
    Object.freeze(this);
  }

  with(change) {
    return new FeedQuery({ ...this, page: 1, ...change });
  }

  /** Whether a new notification belongs on top of what is shown. */
  get showsNewest() {
    return this.page === 1 && ['all', 'unreadOnly'].includes(this.view) && !this.#narrowed;
  }

  get filtered() {
    return this.#narrowed || this.view !== 'all';
  }

  /** Parameters of the list call; a search without a letter or digit is none. */
  toParameters() {
    const { type, category, priority, thread, page, limit, date: date_range } = this;
    const q = /[\p{L}\p{N}]/u.test(this.q) ? this.q.trim() : '';
    return { status: VIEWS[this.view], q, type, category, date_range, priority, thread, page, limit };
  }

  get #narrowed() {
    return Boolean(this.q || this.type || this.category || this.date || this.priority || this.thread);
  }
}

/** How many pages an answer of the list call says there are; at least 1. */
export function pagesOf({ pages, filtered_count: filtered, total, per_page: perPage, limit } = {}) {
  if (Number.isInteger(pages)) return Math.max(pages, 1);
  return Math.max(1, Math.ceil((filtered ?? total ?? 0) / (perPage ?? limit ?? 20)));
}
