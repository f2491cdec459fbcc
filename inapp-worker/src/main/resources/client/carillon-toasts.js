import { CarillonElement } from './carillon-element.js';
import { el } from './dom.js';
import { icon, learnIcons } from './icons.js';
import { itemStyles, levelIcon, mainElement } from './item-view.js';
import { safeLink } from './links.js';
import { t } from './strings.js';
import { ToastQueue } from './toast-queue.js';
import { toastStyles } from './toast-styles.js';

const PHONE = '(max-width: 480px)';
const POSITIONS = ['top-start', 'top-end', 'bottom-start', 'bottom-end'];

/**
 * `<carillon-toasts>`: shows what arrives, for a while. Hover and focus stop the clock; a click marks it read and
 * follows its link. What was read or dismissed elsewhere goes.
 *
 * Attributes: `max` (3; 2 on phones) at a time, `position` (bottom-end), `sound` (a chime for high and urgent ones),
 * `desktop` (a notification of the browser's own while the page is hidden, where that is permitted), `theme` (light, dark).
 * How long they stay is the client's setting per mode.
 */
export class CarillonToasts extends CarillonElement {
  static tag = 'carillon-toasts';
  static styles = [itemStyles, toastStyles];

  #queue = new ToastQueue((showing) => this.#draw(showing));
  #list = el('ol', { 'aria-live': 'polite' });
  #toasts = new Map();
  #cameFrom = null;

  constructor() {
    super();
    this.render(this.#list);
    this.#list.addEventListener('pointerenter', () => this.#queue.pause());
    this.#list.addEventListener('pointerleave', () => this.#queue.resume());
    this.#list.addEventListener('focusin', ({ relatedTarget }) => {
      this.#queue.pause();
      if (!this.#list.contains(relatedTarget)) this.#cameFrom = relatedTarget;
    });
    this.#list.addEventListener('focusout', () => this.#queue.resume());
  }

  get max() {
    const max = Number(this.getAttribute('max') ?? 3);
    const allowed = Number.isInteger(max) && max >= 1 && max <= 10 ? max : 3;
    return matchMedia(PHONE).matches ? Math.min(allowed, 2) : allowed;
  }

  get position() {
    const position = this.getAttribute('position');
    return POSITIONS.includes(position) ? position : 'bottom-end';
  }

  attached() {
    this.#list.className = this.position;
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', t('notifications'));
    const resize = () => (this.#queue.max = this.max);
    resize();
    matchMedia(PHONE).addEventListener('change', resize, { signal: this.signal });
  }

  detached() {
    this.#queue.clear();
  }

  clientChanged(client, signal) {
    this.#queue.clear();
    if (client) learnIcons(client);
    client?.addEventListener('notification', ({ detail }) => detail.toast && this.#arrived(detail.notification), { signal });
    client?.addEventListener('updated', ({ detail }) => this.#queue.update(detail), { signal });
  }

  /** Shows a notification, or queues it; one of the same group is replaced where it stands. */
  show(notification) {
    const { autoClear } = this.client?.options[notification.mode ?? 'queued'] ?? { autoClear: 8000 };
    this.#queue.add(notification, notification.priority === 'urgent' ? false : autoClear);
  }

  #arrived(notification) {
    this.show(notification);
    this.#call(notification).catch(() => {}); // a page that cannot load the rest still has the toast
  }

  /** Sound and the browser's own notifications are loaded where somebody wants them. */
  async #call(notification) {
    if (this.hasAttribute('sound') && ['high', 'urgent'].includes(notification.priority)) (await import('./chime.js')).chime(notification.id);
    if (this.hasAttribute('desktop')) (await import('./desktop.js')).showOnDesktop(notification, () => this.#open(notification));
  }

  /** Follows a notification of the browser's own, which is no link. */
  #open(notification) {
    this.#follow(notification);
    const link = safeLink(notification.action_url);
    if (link) location.assign(link);
  }

  #draw(showing) {
    const ids = new Set(showing.map(({ id }) => id));
    for (const [id, toast] of this.#toasts) {
      if (!ids.has(id)) this.#leave(id, toast);
    }
    for (const notification of showing) {
      if (this.#toasts.get(notification.id)?.notification === notification) continue;
      this.#toasts.get(notification.id)?.element.remove();
      const element = this.#toast(notification);
      this.#toasts.set(notification.id, { notification, element });
      this.#list.append(element);
    }
  }

  #leave(id, { element }) {
    this.#toasts.delete(id);
    const focused = element.contains(this.shadowRoot.activeElement);
    element.inert = true;
    // The keyboard goes on with another toast, or where it came from; otherwise it would begin the page anew.
    if (focused) (this.#list.querySelector('li:not([inert]) .close') ?? this.#cameFrom)?.focus();
    element.classList.add('leaving');
    const gone = element.getAnimations?.().map(({ finished }) => finished) ?? [];
    Promise.allSettled(gone).then(() => element.remove());
  }

  #toast(notification) {
    const { id, title, body, priority } = notification;
    const close = el('button', { class: 'close', type: 'button', 'aria-label': t('close'), on: { click: () => this.#queue.remove(id) } });
    close.append(icon('close'));
    const main = mainElement(
      notification,
      'main',
      () => this.#follow(notification),
      el('span', { class: 'title', dir: 'auto' }, title || notification.type || ''),
    );
    const live = priority === 'urgent' ? { 'aria-live': 'assertive' } : {};
    return el('li', { class: 'toast', ...live }, levelIcon(notification), main, close, body && el('span', { class: 'body', dir: 'auto' }, body));
  }

  #follow({ id }) {
    this.#queue.remove(id);
    this.client?.markRead(id).catch(() => {}); // stays unread in the feed
  }
}
