/**
 * A page of the console, as an element: `api` and `parameters` (what its address says) are set before it is connected.
 * What it began ends when it is left.
 */
export class Page extends HTMLElement {
  #left = new AbortController();
  api;
  parameters = new URLSearchParams();

  connectedCallback() {
    this.render();
  }

  disconnectedCallback() {
    this.#left.abort();
  }

  get left() {
    return this.#left.signal;
  }

  /** Calls `task` again and again while the page is shown and seen. */
  every(milliseconds, task) {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') task();
    }, milliseconds);
    this.left.addEventListener('abort', () => clearInterval(timer));
    return timer;
  }

  say(text) {
    this.dispatchEvent(new CustomEvent('say', { bubbles: true, detail: text }));
  }
}
