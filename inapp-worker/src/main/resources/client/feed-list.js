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

  /** Applies an `updated` event: fields of an item, of several, of all, or that they are gone. */
  update({ id, ids, all, group, dismissed, deleted, archived_at: archived, replaced_by: replacedBy, ...change }) {
    const concerns = (item) => all || (ids ?? [id]).includes(item.id) || (group && item.group === group && !id);
    const gone = dismissed || deleted || archived || replacedBy;
    for (const item of this.items.filter(concerns)) {
      if (gone) this.#items.delete(item.id);
      else this.#items.set(item.id, { ...item, ...change });
    }
  }

  clear() {
    this.#items.clear();
    this.#cursor = null;
  }
}
