/** What this client was told already: (id, rev) of the latest `limit` notifications. A resume may repeat, never twice here. */
export class Seen {
  #marks = new Map();
  #limit;

  constructor(limit = 1000) {
    this.#limit = limit;
  }

  /**
   * What comes back from being snoozed is new, though its revision is not: it has a later `woken_at`. Revisions of the same
   * millisecond are ordered by their offset.
   *
   * @returns {boolean} false for a notification known in this or a newer revision
   */
  add({ id, rev, woken_at: woken }) {
    const mark = [Date.parse(rev?.accepted_at) || 0, rev?.offset ?? 0, Date.parse(woken) || 0];
    if (this.#marks.has(id) && !isLater(mark, this.#marks.get(id))) return false;
    this.#marks.delete(id); // to the young end of the insertion order
    this.#marks.set(id, mark);
    if (this.#marks.size > this.#limit) this.#marks.delete(this.#marks.keys().next().value);
    return true;
  }

  /** The `count` youngest, for {@link load}. */
  latest(count) {
    return [...this.#marks].slice(-count);
  }

  load(pairs) {
    this.#marks = new Map(pairs);
  }
}

function isLater(mark, known) {
  const at = mark.findIndex((part, i) => part !== known[i]);
  return mark[at] > known[at];
}
