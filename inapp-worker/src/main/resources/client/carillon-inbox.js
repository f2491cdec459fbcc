import './inbox-strings.js';
import { CarillonElement } from './carillon-element.js';
import { confirmed } from './confirm.js';
import { el } from './dom.js';
import { FeedList } from './feed-list.js';
import { FeedQuery, pagesOf } from './feed-query.js';
import { icon, learnIcons } from './icons.js';
import { inboxRow } from './inbox-row.js';
import { inboxStyles } from './inbox-styles.js';
import { InboxTools } from './inbox-tools.js';
import { watchTimes } from './relative-time.js';
import { t } from './strings.js';

/**
 * `<carillon-inbox>`: all notifications on a page of their own, with views, search, filters, paging, selection, bulk
 * actions and action buttons. What arrives shows on the first page; elsewhere a button offers it.
 *
 * Attributes: `limit` (20; 1–100) items per page, `theme` (light, dark).
 * Events: `carillon-open` and `carillon-action` (detail `{notification, action}`), both cancelable.
 */
export class CarillonInbox extends CarillonElement {
  static tag = 'carillon-inbox';
  static styles = inboxStyles;

  #query = new FeedQuery();
  #feed = new FeedList();
  #state = 'idle';
  #pages = 1;
  #arrived = 0;
  #selected = new Set();
  #request = 0;
  #tools = new InboxTools((fields) => this.#show(this.#query.with(fields)));
  #fold = el('button', { class: 'text fold', type: 'button', hidden: true, on: { click: () => this.#show(this.#query.with({ thread: '' })) } });
  #bulk = el('div', { class: 'bulk', role: 'toolbar', 'aria-label': t('notifications') });
  #fresh = el('button', { class: 'fresh', type: 'button', hidden: true, on: { click: () => this.#load() } });
  #list = el('ul', { class: 'list', role: 'list' });
  #note = el('div', { class: 'note', role: 'status' });
  #paging = el('nav', { class: 'paging' });

  constructor() {
    super();
    this.render(this.#tools.element, this.#fold, this.#bulk, this.#fresh, this.#list, this.#note, this.#paging);
  }

  get limit() {
    const limit = Number(this.getAttribute('limit') ?? 20);
    return Number.isInteger(limit) && limit >= 1 && limit <= 100 ? limit : 20;
  }

  attached() {
    this.#query = new FeedQuery({ limit: this.limit });
    this.#tools.show(this.#query);
    this.onRelease(watchTimes(this.#list));
  }

  clientChanged(client, signal) {
    this.#feed.clear();
    this.#selected.clear();
    const on = (type, listener) => client?.addEventListener(type, ({ detail }) => listener(detail), { signal });
    on('notification', ({ notification }) => this.#take(notification));
    on('updated', (change) => this.#change(() => this.#feed.update(change)));
    on('reload', () => this.#load());
    if (!client) return;
    this.#load();
    this.#learn(client);
  }

  async #learn(client) {
    const { types } = await client.types().catch(() => ({ types: [] }));
    await learnIcons(client);
    if (client !== this.client) return;
    this.#tools.offer(types, this.#query);
    this.#draw();
  }

  #take(notification) {
    if (this.#query.showsNewest) return this.#change(() => this.#feed.add(notification));
    this.#arrived++;
    return this.#draw();
  }

  #change(mutate) {
    mutate();
    this.#draw();
  }

  #show(query) {
    this.#query = query;
    this.#selected.clear();
    this.#tools.show(query);
    this.#load();
  }

  async #load() {
    const { client } = this;
    const request = ++this.#request;
    this.#feed.ask();
    this.#state = 'loading';
    this.#draw();
    try {
      const page = await client.list(this.#query.toParameters());
      if (request !== this.#request || client !== this.client) return;
      this.#feed.load(page);
      this.#pages = pagesOf(page);
      this.#arrived = 0;
      this.#state = 'ready';
    } catch {
      if (request === this.#request) this.#state = 'failed';
    }
    this.#draw();
  }

  #draw() {
    const { items } = this.#feed;
    const ids = new Set(items.map(({ id }) => id));
    for (const id of this.#selected) if (!ids.has(id)) this.#selected.delete(id);
    const focused = this.shadowRoot.activeElement;
    const [row, part] = [focused?.closest('li')?.dataset.id, focused?.dataset.part];
    this.#list.replaceChildren(...items.map((item) => inboxRow(item, this.#selected.has(item.id), this.#actions(item))));
    this.#list.hidden = items.length === 0;
    this.#list.setAttribute('aria-busy', String(this.#state === 'loading'));
    this.#fold.hidden = !this.#query.thread;
    this.#fold.textContent = t('foldThread');
    this.#fresh.hidden = this.#arrived === 0;
    this.#fresh.textContent = t('newOnes', this.#arrived);
    this.#note.replaceChildren(...this.#noteContent(items.length));
    this.#drawBulk(items);
    this.#drawPaging();
    if (row) this.#list.querySelector(`[data-id="${CSS.escape(row)}"] [data-part="${part ?? 'main'}"]`)?.focus({ preventScroll: true });
  }

  #drawBulk(items) {
    const count = this.#selected.size;
    const all = el('input', { type: 'checkbox', 'aria-label': t('selectAll'), checked: count > 0 && count === items.length, disabled: items.length === 0 });
    all.indeterminate = count > 0 && count < items.length;
    all.addEventListener('change', () => this.#change(() => (this.#selected = new Set(all.checked ? items.map(({ id }) => id) : []))));
    const button = (text, click) => el('button', { type: 'button', class: 'text', on: { click } }, text);
    const ids = [...this.#selected];
    const some = [
      el('span', { class: 'count', 'aria-live': 'polite' }, t('selected', count)),
      button(t('markRead'), () => this.#try(this.client.markManyRead(ids), { ids, is_read: true })),
      button(t('dismissMany'), () => this.#dismissMany(ids)),
    ];
    const none = [el('span', { class: 'count' }), button(t('markAllRead'), () => this.#try(this.client.markAllRead(), { all: true, is_read: true }))];
    this.#bulk.replaceChildren(all, ...(count > 0 ? some : none));
  }

  async #dismissMany(ids) {
    if (!(await confirmed(this.shadowRoot, t('confirmDismiss', ids.length), t('dismissMany')))) return;
    this.#selected.clear();
    const answer = await this.#try(this.client.dismissMany(ids), { ids, dismissed: true });
    // Some may have stayed: a time series cannot be dismissed.
    if (this.#feed.items.length === 0 || answer?.count < ids.length) this.#load();
  }

  #drawPaging() {
    const { page } = this.#query;
    const turn = (to, text, possible) => el('button', { type: 'button', class: 'text', disabled: !possible, on: { click: () => this.#turn(to) } }, text);
    this.#paging.hidden = this.#pages < 2 && page === 1;
    this.#paging.replaceChildren(turn(page - 1, t('previous'), page > 1), el('span', {}, t('pageOf', page, this.#pages)), turn(page + 1, t('next'), page < this.#pages));
  }

  #turn(page) {
    this.#show(this.#query.with({ page }));
    this.scrollIntoView({ block: 'start' });
  }

  #noteContent(count) {
    if (this.#state === 'failed') return [icon('warning'), el('strong', {}, t('failed')), el('button', { type: 'button', class: 'text', on: { click: () => this.#load() } }, t('retry'))];
    if (count > 0) return [];
    if (this.#state === 'loading') return [el('span', { class: 'sr' }, t('loading')), ...[1, 2, 3, 4].map(() => el('i', { class: 'bone' }))];
    if (this.#state !== 'ready') return [];
    const [title, hint] = this.#query.filtered ? ['noMatch', 'noMatchHint'] : ['empty', 'emptyHint'];
    return [icon('bell'), el('strong', {}, t(title)), el('span', {}, t(hint))];
  }

  #actions(notification) {
    const { id } = notification;
    return {
      open: (event) => this.#open(event, notification),
      dismiss: () => this.#try(this.client.dismiss(id), { id, dismissed: true }),
      unfold: () => this.#unfold(notification.thread),
      select: (on) => this.#change(() => (on ? this.#selected.add(id) : this.#selected.delete(id))),
      archive: () => this.#try(this.client.archive(id), { id, dismissed: true }),
      unarchive: () => this.#try(this.client.unarchive(id), { id, dismissed: true }),
      read: (read) => this.#try(read ? this.client.markRead(id) : this.client.markUnread(id), { id, is_read: read }),
      act: (action) => this.#tell('carillon-action', { notification, action }) && this.#try(this.client.act(id, action.id), { id, is_read: true }),
      snooze: () => this.#try(this.client.snooze(id, tomorrow()), { id, dismissed: true }),
      view: this.#query.view,
    };
  }

  #unfold(thread) {
    this.#show(this.#query.with({ thread }));
    this.#fold.focus();
  }

  #open(event, notification) {
    if (!this.#tell('carillon-open', notification)) event.preventDefault();
    if (!notification.is_read) this.#actions(notification).read(true);
  }

  #tell(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /** Shows the change at once; what the server then refuses is fetched again as it is. */
  #try(call, change) {
    this.#change(() => this.#feed.update(change));
    return call.catch(() => this.#load());
  }
}

/** Tomorrow at 8 in the morning. */
function tomorrow() {
  const morning = new Date();
  morning.setDate(morning.getDate() + 1);
  morning.setHours(8, 0, 0, 0);
  return morning;
}
