/**
 * Pauses between attempts: doubling from `base` to `cap`, of which the upper half is random, so that clients that lost
 * the same server do not come back together. All in milliseconds.
 */
export class Backoff {
  #base;
  #cap;
  #random;
  #failures = 0;

  constructor({ base = 500, cap = 30_000, random = Math.random } = {}) {
    this.#base = base;
    this.#cap = cap;
    this.#random = random;
  }

  get failures() {
    return this.#failures;
  }

  /** The server's own wish replaces the base, within the cap. */
  set base(milliseconds) {
    this.#base = Math.min(milliseconds, this.#cap);
  }

  /** @param {number} atLeast what the server asked for (`Retry-After`), jitter is added on top */
  next(atLeast = 0) {
    const full = Math.min(this.#cap, this.#base * 2 ** Math.min(this.#failures++, 30));
    return Math.round(atLeast + full / 2 + (this.#random() * full) / 2);
  }

  reset() {
    this.#failures = 0;
  }
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date; 0 where absent or unreadable, at most 10 minutes. */
export function retryAfter(header, now = Date.now()) {
  if (!header) return 0;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 600_000) : 0;
}
