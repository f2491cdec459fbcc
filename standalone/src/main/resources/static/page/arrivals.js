/** When this browser saw something arrive, by id; the latest few hundred. */
export class Arrivals {
  static #KEPT = 300;
  #seen = new Map();

  /** The first sight counts. */
  see(id, at) {
    if (!id || this.#seen.has(id)) return;
    this.#seen.set(id, at);
    if (this.#seen.size > Arrivals.#KEPT) this.#seen.delete(this.#seen.keys().next().value);
  }

  at(id) {
    return this.#seen.get(id);
  }
}
