/**
 * The notifications on a screen, newest first, by id: a page of the feed plus what arrived since. Pure; the element
 * draws it.
 */
export class FeedList {
  #items = new Map();
  #cursor = null;

  get items() {
    return [...this.#items.values()];
  }

  /** Where the next older page begins; null at the end. */
  get cursor() {
    return this.#cursor;
  }

  /** Takes an answer of the list call: replaces what is there, or adds the next page. */
  load(page, append = false) {
    const known = append ? this.items : [];
    this.#cursor = page?.next_cursor ?? null;
    this.#items = new Map([...known, ...(page?.notifications ?? [])].map((item) => [item.id, item]));
  }

  /** Puts a new or replaced notification on top; an older one of the same group goes. */
  add(notification) {
    const rest = this.items.filter(({ id, group }) => id !== notification.id && !(group && group === notification.group));
    this.#items = new Map([notification, ...rest].map((item) => [item.id, item]));
  }

  /** Applies an `updated` event: fields of an item, of several, of all up to an instant, or that they are gone. */
  update(event) {
    const { id, ids, all, up_to: upTo, group, dismissed, deleted, expired, woken, replaced_by: replacedBy, ...change } = event;
    for (const item of this.items.filter(concerns(event))) {
      if (leaves(item, event)) this.#items.delete(item.id);
      else this.#items.set(item.id, { ...item, ...change });
    }
  }

  clear() {
    this.#items.clear();
    this.#cursor = null;
  }
}

/** Whether an `updated` event is about a notification. @returns {(notification: object) => boolean} */
export function concerns({ id, ids, all, up_to: upTo, group }) {
  if (all) return (item) => !upTo || !(Date.parse(item.created_at) > Date.parse(upTo));
  if (id || ids) return (item) => (ids ?? [id]).includes(item.id);
  return (item) => Boolean(group) && item.group === group;
}

/** Whether an `updated` event takes notifications away. */
export function isGone({ dismissed, deleted, expired, archived_at: archived, snoozed_until: snoozed, replaced_by: replacedBy }) {
  return Boolean(dismissed || deleted || expired || archived || replacedBy || Date.parse(snoozed) > Date.now());
}

/** Likewise for one item: what was put away already is not put away again. */
function leaves(item, event) {
  const put = { ...event, ...(item.archived_at && { archived_at: null }), ...(item.snoozed_until && { snoozed_until: null }) };
  return isGone(put);
}
