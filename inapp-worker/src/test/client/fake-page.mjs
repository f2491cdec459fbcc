/** A document that is looked at, or not. */
export class Page extends EventTarget {
  hidden = false;

  show(visible) {
    this.hidden = !visible;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}
