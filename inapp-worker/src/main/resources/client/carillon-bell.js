import { bellStyles } from './bell-styles.js';
import { CarillonElement } from './carillon-element.js';
import { el } from './dom.js';
import { FeedList } from './feed-list.js';
import { icon, learnIcons } from './icons.js';
import { itemElement } from './item-view.js';
import { safeLink } from './links.js';
import { placeAt } from './place.js';
import { watchTimes } from './relative-time.js';
import { t } from './strings.js';

/** How long the count must rest before it is read out, in milliseconds. */
const ANNOUNCE_AFTER = 1000;

/**
 * `<carillon-bell>`: the unread count, and a dropdown with the latest notifications, fetched when it is opened.
 *
 * Attributes: `limit` (20; 1–100) items per page, `inbox-url` (the link "see all"), `theme` (light, dark).
 * Events: `carillon-open` (cancelable, when an item is clicked; detail is the notification).
 */
export class CarillonBell extends CarillonElement {
  static tag = 'carillon-bell';
  static styles = bellStyles;
  static observedAttributes = ['inbox-url'];

  #feed = new FeedList();
  #state = 'idle';
  #button = el('button', { class: 'bell', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' });
  #badge = el('span', { class: 'badge', 'aria-hidden': 'true', hidden: true });
  #spoken = el('span', { class: 'sr', role: 'status' });
  #panel = el('div', { class: 'panel', role: 'dialog', tabindex: '-1', popover: 'manual' });
  #list = el('ul', { class: 'list', role: 'list' });
  #note = el('div', { class: 'note' });
  #footer = el('div', { class: 'footer' });
  #markAll = el('button', { class: 'text', type: 'button' });
  #announcement = 0;
  #request = 0;
  #opened = null;

  constructor() {
    super();
    this.#button.append(icon('bell'), this.#badge);
    this.#button.addEventListener('click', () => this.toggle());
    this.#markAll.addEventListener('click', () => this.#markAllRead());
    this.#panel.append(el('div', { class: 'head' }, el('h2', {}, ''), this.#markAll), el('div', { class: 'scroll' }, this.#list, this.#note), this.#footer);
    this.#panel.addEventListener('keydown', (event) => this.#onKey(event));
    this.render(this.#button, this.#panel, this.#spoken);
  }

  get limit() {
    const limit = Number(this.getAttribute('limit') ?? 20);
    return Number.isInteger(limit) && limit >= 1 && limit <= 100 ? limit : 20;
  }

  get inboxUrl() {
    return safeLink(this.getAttribute('inbox-url'));
  }

  get open() {
    return this.#opened !== null;
  }

  toggle(open = !this.open) {
    if (open) this.#show();
    else this.#hide();
  }

  attached() {
    this.#showCount(null);
  }

  detached() {
    this.#hide();
    clearTimeout(this.#announcement);
  }

  attributeChangedCallback() {
    this.#draw();
  }

  clientChanged(client, signal) {
    this.#hide();
    this.#feed.clear();
    this.#state = 'idle';
    this.#showCount(client?.count ?? null);
    this.#showStatus(client?.status);
    const on = (type, listener) => client?.addEventListener(type, (event) => listener(event.detail), { signal });
    on('count', ({ count }) => this.#showCount(count));
    on('status', ({ status }) => this.#showStatus(status));
    on('notification', ({ notification }) => this.#change(() => this.#feed.add(notification)));
    on('updated', (change) => this.#change(() => this.#feed.update(change)));
    on('reload', () => this.open && this.#load());
  }

  #showCount(count) {
    const before = this.#button.dataset.count;
    const label = count > 0 ? `${t('notifications')}, ${t('unread', count)}` : t('notifications');
    this.#button.setAttribute('aria-label', label);
    this.#button.dataset.count = count ?? '';
    this.#badge.hidden = !count;
    this.#badge.textContent = count > 99 ? '99+' : String(count ?? '');
    this.#markAll.disabled = !count;
    if (!(before && count > Number(before))) return;
    this.#button.classList.remove('ring');
    requestAnimationFrame(() => this.#button.classList.add('ring'));
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => (this.#spoken.textContent = t('unread', count)), ANNOUNCE_AFTER);
  }

  #showStatus(status) {
    this.#button.dataset.status = status ?? 'disconnected';
  }

  #change(mutate) {
    mutate();
    if (this.open) this.#draw();
  }

  async #load(cursor = null) {
    const client = this.client;
    if (!client) return;
    const request = ++this.#request;
    this.#feed.ask();
    this.#state = this.#feed.items.length ? this.#state : 'loading';
    this.#draw();
    try {
      const [page] = await Promise.all([client.list({ limit: this.limit, cursor }), learnIcons(client)]);
      if (request !== this.#request || client !== this.client) return;
      this.#feed.load(page, cursor !== null);
      this.#state = 'ready';
      client.markAllSeen().catch(() => {});
    } catch {
      if (request === this.#request && client === this.client) this.#state = 'failed';
    }
    this.#draw();
  }

  #show() {
    if (this.open || !this.isConnected) return;
    this.#opened = new AbortController();
    const { signal } = this.#opened;
    this.#button.setAttribute('aria-expanded', 'true');
    this.#panel.classList.add('open');
    this.#panel.showPopover?.();
    const place = () => placeAt(this.#panel, this.#button);
    place();
    signal.addEventListener('abort', watchTimes(this.#list));
    addEventListener('resize', place, { signal });
    addEventListener('scroll', place, { signal, passive: true, capture: true });
    document.addEventListener('pointerdown', (event) => event.composedPath().includes(this) || this.#hide(), { signal });
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#hide(true), { signal });
    this.addEventListener('focusout', ({ relatedTarget: to }) => to && !this.contains(to) && this.#hide(), { signal });
    this.#panel.focus({ preventScroll: true });
    this.#load();
  }

  #hide(focus = false) {
    if (!this.open) return;
    this.#opened.abort();
    this.#opened = null;
    this.#button.setAttribute('aria-expanded', 'false');
    this.#panel.classList.remove('open');
    if (this.#panel.matches(':popover-open')) this.#panel.hidePopover();
    if (focus) this.#button.focus();
  }

  #draw() {
    this.#panel.querySelector('h2').textContent = t('notifications');
    this.#panel.setAttribute('aria-label', t('notifications'));
    this.#markAll.textContent = t('markAllRead');
    const items = this.#feed.items;
    const focused = this.shadowRoot.activeElement?.closest('li')?.dataset.id;
    this.#list.replaceChildren(...items.map((item) => this.#item(item)));
    this.#list.hidden = !items.length;
    this.#note.replaceChildren(...this.#noteContent(items.length));
    this.#note.setAttribute('aria-busy', String(this.#state === 'loading'));
    const url = this.inboxUrl;
    this.#footer.replaceChildren(...(url ? [el('a', { href: url, class: 'text' }, t('seeAll'))] : []));
    if (focused) this.#list.querySelector(`[data-id="${CSS.escape(focused)}"] .main`)?.focus({ preventScroll: true });
  }

  #item(notification) {
    return itemElement(notification, {
      open: (event) => this.#openItem(event, notification),
      dismiss: () => this.#dismiss(notification),
    });
  }

  #noteContent(count) {
    const retry = (text, load) => el('button', { class: 'text', type: 'button', on: { click: load } }, text);
    if (this.#state === 'failed') {
      return [icon('warning'), el('strong', { role: 'alert' }, t('failed')), retry(t('retry'), () => this.#load())];
    }
    if (this.#state === 'loading') {
      return [el('span', { class: 'sr', role: 'status' }, t('loading')), ...[1, 2, 3].map(() => el('i', { class: 'bone' }))];
    }
    if (!count) return [icon('bell'), el('strong', {}, t('empty')), el('span', {}, t('emptyHint'))];
    return this.#feed.cursor ? [retry(t('more'), () => this.#load(this.#feed.cursor))] : [];
  }

  #openItem(event, notification) {
    const wanted = this.dispatchEvent(new CustomEvent('carillon-open', { detail: notification, bubbles: true, composed: true, cancelable: true }));
    if (!wanted) event.preventDefault();
    if (!notification.is_read) this.#try(this.client.markRead(notification.id), { id: notification.id, is_read: true });
    if (event.currentTarget.href && wanted) this.#hide();
  }

  #dismiss({ id }) {
    const row = this.#list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    const next = (row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector('.dismiss') ?? this.#panel;
    next.focus({ preventScroll: true });
    this.#try(this.client.dismiss(id), { id, dismissed: true });
  }

  #markAllRead() {
    this.#try(this.client.markAllRead(), { all: true, is_read: true });
    this.#panel.focus({ preventScroll: true });
  }

  /** Shows the change at once; what the server then refuses is fetched again as it is. */
  #try(call, change) {
    this.#change(() => this.#feed.update(change));
    call.catch(() => this.#load());
  }

  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const mains = [...this.#list.querySelectorAll('.main')];
    if (!step || !mains.length) return;
    const at = mains.indexOf(this.shadowRoot.activeElement);
    mains[Math.min(Math.max(at + step, 0), mains.length - 1)].focus();
    event.preventDefault();
  }
}
