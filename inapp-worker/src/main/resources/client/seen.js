/** What this client was told already: (id, rev) of the latest `limit` notifications. A resume may repeat, never twice here. */
export class Seen {
  #revs = new Map();
  #limit;

  constructor(limit = 1000) {
    this.#limit = limit;
  }

  /** @returns {boolean} false for a notification known in this or a newer revision */
  add({ id, rev }) {
    if (this.#revs.has(id) && compareRevs(rev, this.#revs.get(id)) <= 0) return false;
    this.#revs.delete(id); // to the young end of the insertion order
    this.#revs.set(id, rev);
    if (this.#revs.size > this.#limit) this.#revs.delete(this.#revs.keys().next().value);
    return true;
  }

  has(id) {
    return this.#revs.has(id);
  }

  /** The `count` youngest, as pairs of id and rev. */
  latest(count) {
    return [...this.#revs].slice(-count);
  }

  load(pairs) {
    for (const [id, rev] of pairs) this.add({ id, rev });
  }

  clear() {
    this.#revs.clear();
  }
}

/**
 * Orders revisions `{accepted_at, offset}`, also written as an array, a number, or one text with `/` or `.` between.
 * None is the oldest. Instants within the same millisecond are ordered by the offset.
 */
export function compareRevs(a, b) {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

function parts(rev) {
  if (rev === null || rev === undefined) return [];
  if (Array.isArray(rev)) return rev.flatMap(parts);
  if (typeof rev === 'object') return [rev.accepted_at, rev.offset].flatMap(parts);
  return String(rev).split('/').flatMap((part) => (/T.*Z$/.test(part) ? Date.parse(part) : part.split('.').map(Number)));
}
