/**
 * The notifications on a screen, newest first, by id: a page of the feed plus what arrived since. Pure; the element
 * draws it.
 */
export class FeedList {
  #items = new Map();
  #arrived;
  #cursor = null;

  get items() {
    return [...this.#items.values()];
  }

  /** Where the next older page begins; null at the end. */
  get cursor() {
    return this.#cursor;
  }

  /** The list is asked for: what arrives from now on may be missing in the answer. */
  ask() {
    this.#arrived = new Set();
  }

  /** Takes the answer: replaces what was there before it was asked for, or adds the next page. */
  load(page, append = false) {
    const { items } = this;
    this.#cursor = page?.next_cursor ?? null;
    this.#items = new Map([...(append ? items : []), ...(page?.notifications ?? [])].map((item) => [item.id, item]));
    for (const item of items.reverse()) if (this.#arrived?.has(item.id)) this.add(item);
    this.#arrived = null;
  }

  /**
   * Puts a new or replaced notification on top; an older one of the same group goes, and its thread becomes one entry. What
   * is never stored is in no list.
   */
  add(notification) {
    const { id, group, thread, mode } = notification;
    if (mode === 'ephemeral') return;
    this.#arrived?.add(id);
    const rest = this.items.filter((item) => {
      const replaced = item.id === id || (group && item.group === group && mode !== 'timeseries');
      const folded = thread && item.thread === thread;
      if (folded) notification = { ...notification, thread_count: (item.thread_count ?? 1) + !replaced };
      return !replaced && !folded;
    });
    this.#items = new Map([notification, ...rest].map((item) => [item.id, item]));
  }

  /** Applies an `updated` event: fields of an item, of several, of all up to an instant, or that they are gone. */
  update(event) {
    const { ids, all, up_to: upTo, ...change } = event;
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
  return (item) => group && item.group === group;
}

/** Whether an `updated` event takes notifications away. */
export function isGone({ dismissed, deleted, expired, archived_at: archived, snoozed_until: snoozed, replaced_by: replacedBy }) {
  return dismissed || deleted || expired || archived || replacedBy || Date.parse(snoozed) > Date.now();
}

/** Likewise for one item: what was put away already is not put away again. */
function leaves(item, event) {
  const put = { ...event, ...(item.archived_at && { archived_at: null }), ...(item.snoozed_until && { snoozed_until: null }) };
  return isGone(put);
}
