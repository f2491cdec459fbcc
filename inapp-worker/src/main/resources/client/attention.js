/**
 * Whether anybody looks at one of a user's tabs. Every visible tab holds a shared lock, so that a hidden one can ask; without
 * locks each tab knows of itself alone.
 */
export class Attention {
  #page;
  #locks;
  #name;
  #after;
  #onVisible;
  #timer = 0;
  #idle = null;
  #lastLook = performance.now();
  #release = () => {};
  #signal;

  /**
   * @param {{page?: Document, locks?: LockManager, name: string, after: number, signal: AbortSignal, onVisible: () => void, onHidden: () => void}} options
   *     `after`: milliseconds without a look until nobody counts as looking; `signal` ends it
   */
  constructor({ page, locks, name, after, signal, onVisible, onHidden }) {
    this.#page = page;
    this.#locks = locks;
    this.#name = `${name} visible`;
    this.#after = after;
    this.#signal = signal;
    this.#onVisible = onVisible;
    page?.addEventListener('visibilitychange', () => (this.visible ? this.#show() : this.#hide(onHidden)), { signal });
    globalThis.addEventListener?.('pagehide', onHidden, { signal });
    signal.addEventListener('abort', () => {
      clearTimeout(this.#timer);
      this.#release();
    });
    if (this.visible) this.#hold();
  }

  get visible() {
    return !this.#page?.hidden;
  }

  /** Somebody looks, or looked until now. */
  note() {
    this.#lastLook = performance.now();
  }

  /** Calls back once when nobody has looked for long enough. */
  whenIdle(callback) {
    this.#idle = callback;
    this.#arm(this.#after);
  }

  #show() {
    this.note();
    clearTimeout(this.#timer);
    this.#hold();
    this.#onVisible();
  }

  #hide(onHidden) {
    this.note();
    this.#release();
    onHidden();
    if (this.#idle) this.#arm(this.#after);
  }

  #arm(milliseconds) {
    clearTimeout(this.#timer);
    if (!this.visible) this.#timer = setTimeout(() => this.#look(), milliseconds);
  }

  async #look() {
    if (await this.#somebodyLooks()) this.note();
    if (this.visible || this.#signal.aborted) return;
    const left = this.#lastLook + this.#after - performance.now();
    if (left > 0) this.#arm(left);
    else this.#idle?.();
  }

  async #somebodyLooks() {
    const taken = (lock) => !lock;
    return this.#locks?.request(this.#name, { ifAvailable: true }, taken).catch(() => false);
  }

  #hold() {
    const held = () => new Promise((resolve) => (this.#release = resolve));
    this.#locks?.request(this.#name, { mode: 'shared', signal: this.#signal }, held).catch(() => {});
  }
}
