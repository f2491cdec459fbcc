/** Views of the inbox: the value of `status` in the list call. */
export const VIEWS = { all: undefined, unreadOnly: 'unread', archived: 'archived' };

/**
 * What the inbox shows: a view, a search, a type, a page. Pure; each change gives a new one, and all but turning the
 * page go back to the first.
 */
export class FeedQuery {
  constructor({ view = 'all', q = '', type = '', page = 1, limit = 20 } = {}) {
    Object.assign(this, { view: Object.hasOwn(VIEWS, view) ? view : 'all', q, type, page, limit });
    Object.freeze(this);
  }

  with(change) {
    return new FeedQuery({ ...this, page: 1, ...change });
  }

  /** Whether a new notification belongs on top of what is shown. */
  get showsNewest() {
    return this.page === 1 && this.view !== 'archived' && !this.q && !this.type;
  }

  get filtered() {
    return Boolean(this.q || this.type || this.view !== 'all');
  }

  /** Parameters of the list call. */
  toParameters() {
    const { q, type, page, limit } = this;
    return { status: VIEWS[this.view], q: q.trim(), type, page, limit };
  }
}

/** How many pages an answer of the list call says there are; at least 1. */
export function pagesOf({ pages, filtered_count: filtered, total, per_page: perPage, limit } = {}) {
  if (Number.isInteger(pages)) return Math.max(pages, 1);
  return Math.max(1, Math.ceil((filtered ?? total ?? 0) / (perPage ?? limit ?? 20)));
}
