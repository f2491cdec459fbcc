/** How many attempts are remembered. */
const KEPT = 20;
const STORE = 'attempts';

/** The attempts of this tab, newest first, remembered over a reload. */
export class Attempts {
  #all = load();

  get all() {
    return this.#all;
  }

  add(attempt) {
    this.#all.unshift(attempt);
    this.#all.length = Math.min(this.#all.length, KEPT);
    this.save();
  }

  /** Whether an event was accepted before `attempt`. */
  isRepeat(attempt) {
    return this.#all.some((other) => other !== attempt && other.answer?.uid === attempt.answer.uid && other.startedAt < attempt.startedAt);
  }

  save() {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(this.#all));
    } catch {
      // A full or forbidden store only costs the memory over a reload.
    }
  }
}

function load() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORE) ?? '[]');
    return Array.isArray(stored) ? stored.filter(({ event, answer, error }) => event && (answer || error)).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}
