import { concerns, isGone } from './feed-list.js';

/** What waits beyond this is left to the feed: nobody reads the 20th toast. */
const MAX_WAITING = 20;

/**
 * Which notifications are shown as toasts now, and until when. At most `max` at a time, the rest wait in order; a pause
 * stops every clock, and each continues where it stood. Tells `onChange` whenever the shown ones change.
 */
export class ToastQueue {
  #onChange;
  #shown = [];
  #waiting = [];
  #paused = false;
  #max = 3;

  /** @param {(showing: object[]) => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  set max(max) {
    this.#max = max;
    this.#fill();
  }

  /** @param {number | false} autoClear milliseconds on screen; false leaves it until it is removed */
  add(notification, autoClear) {
    const entry = { notification, left: autoClear === false ? Infinity : autoClear, timer: null, since: 0 };
    const same = (other) => other.notification.id === notification.id || sameGroup(other.notification, notification);
    const at = this.#shown.findIndex(same);
    if (at >= 0) {
      clearTimeout(this.#shown[at].timer);
      this.#shown[at] = entry;
      this.#run(entry);
      return this.#changed();
    }
    this.#waiting = [...this.#waiting.filter((other) => !same(other)), entry].slice(-MAX_WAITING);
    return this.#fill();
  }

  remove(id) {
    this.#removeWhere((notification) => notification.id === id);
  }

  /** Takes away what an `updated` event says was read or is gone. */
  update(event) {
    if (event.is_read || isGone(event)) this.#removeWhere(concerns(event));
  }

  pause() {
    if (this.#paused) return;
    this.#paused = true;
    for (const entry of this.#shown) {
      clearTimeout(entry.timer);
      entry.left -= performance.now() - entry.since;
    }
  }

  resume() {
    if (!this.#paused) return;
    this.#paused = false;
    for (const entry of this.#shown) this.#run(entry);
  }

  clear() {
    this.#paused = false;
    this.#waiting = [];
    this.#removeWhere(() => true);
  }

  #removeWhere(concerned) {
    this.#waiting = this.#waiting.filter(({ notification }) => !concerned(notification));
    const going = this.#shown.filter(({ notification }) => concerned(notification));
    if (going.length === 0) return;
    for (const { timer } of going) clearTimeout(timer);
    this.#shown = this.#shown.filter((entry) => !going.includes(entry));
    if (this.#shown.length === 0) this.#paused = false; // what the pointer was over is gone, it will not leave
    this.#changed();
    this.#fill();
  }

  #fill() {
    const free = this.#waiting.splice(0, Math.max(0, this.#max - this.#shown.length));
    if (free.length === 0) return;
    this.#shown.push(...free);
    free.forEach((entry) => this.#run(entry));
    this.#changed();
  }

  #run(entry) {
    entry.since = performance.now();
    if (this.#paused || entry.left === Infinity) return;
    entry.timer = setTimeout(() => this.remove(entry.notification.id), Math.max(entry.left, 0));
  }

  #changed() {
    this.#onChange(this.#shown.map(({ notification }) => notification));
  }
}

function sameGroup(a, b) {
  return Boolean(a.group) && a.group === b.group;
}
