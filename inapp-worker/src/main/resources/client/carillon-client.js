import { CarillonApi } from './api.js';
import { recall, remember } from './memory.js';
import { providePageClient } from './page-client.js';
import { Seen } from './seen.js';
import { SharedStream } from './shared-stream.js';

/** How long a toast of each mode stays, in milliseconds; false leaves it until it is closed. */
const AUTO_CLEAR = { queued: { autoClear: 8000 }, timeseries: { autoClear: 8000 }, ephemeral: { autoClear: 5000 } };

/** How long the stream has to tell a changed count before it is asked for, in milliseconds. */
const COUNT_AFTER = 300;

/**
 * One user's notifications: the calls of the API, and the live stream that keeps every screen right.
 *
 * Dispatches `status`, `notification`, `updated`, `count` and `reload` (see index.d.ts), and on `document` the events
 * `carillon-status` and `carillon-notification`; `preventDefault()` on the latter keeps the toast away.
 */
export class CarillonClient extends EventTarget {
  #api;
  #stream;
  #document;
  #seen = new Seen();
  #status = 'disconnected';
  #count = null;
  #userId = null;
  #released = null;
  #counting = 0;
  #told = 0;
  #memory = null;
  #options = { ...AUTO_CLEAR, persistConnection: false };

  /** @param {import('./index.js').CarillonOptions} options */
  constructor({ baseUrl = '', token, fetch, document = globalThis.document, staleAfter, suspendAfter, backoff, locks, transports, ...options } = {}) {
    super();
    this.#document = document;
    this.#api = new CarillonApi(`${baseUrl.replace(/\/+$/, '')}/api/v1`, token, fetch);
    this.#stream = new SharedStream(this.#api, {
      locks,
      staleAfter,
      suspendAfter,
      backoff,
      transports,
      page: document,
      mayRest: () => !this.#options.persistConnection,
      onUser: (name) => this.#recall(name),
      onEvent: (type, data) => this.#receive(type, data),
      onStatus: (status, detail) => this.#changeStatus(status, detail),
    });
    this.configure(options);
  }

  /** Makes a client, connects it, and gives it to the page's components. */
  static connect(options) {
    const client = new CarillonClient(options);
    client.connect();
    providePageClient(client);
    return client;
  }

  /** Settings, per mode and for all, e.g. `{queued: {autoClear: false}, persistConnection: true}`. */
  configure(options) {
    for (const [name, value] of Object.entries(options)) {
      this.#options[name] = typeof value === 'object' ? { ...this.#options[name], ...value } : value;
    }
    return this;
  }

  get options() {
    return this.#options;
  }

  /** connecting, connected, reconnecting, suspended or disconnected */
  get status() {
    return this.#status;
  }

  /** The last unread count that the server told; null before the first. */
  get count() {
    return this.#count;
  }

  /** Who the server says we are; null before the first connection. */
  get userId() {
    return this.#userId;
  }

  /** The stream's position: what came after it is replayed when the client connects. */
  get lastSeen() {
    return this.#stream.lastEventId;
  }

  set lastSeen(id) {
    this.#stream.lastEventId = id ?? '';
  }

  connect() {
    if (this.#released) return;
    this.#released = new AbortController();
    const { signal } = this.#released;
    globalThis.addEventListener?.('online', () => this.#stream.hurry(), { signal });
    globalThis.addEventListener?.('pagehide', () => remember(this.#memory, this.lastSeen, this.#seen), { signal });
    this.#stream.start();
  }

  disconnect() {
    this.#released?.abort();
    clearTimeout(this.#counting);
    this.#released = null;
    this.#stream.stop();
  }

  /** A page of the feed, newest first. Days begin and end in the browser's time zone. */
  list(query = {}) {
    const zone = query.date_range && { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    return this.#api.json('/notifications', { query: { ...zone, ...query } });
  }

  /** What a list can be narrowed to. @returns {Promise<{types: object[]}>} */
  types() {
    return this.#api.json('/notifications/notification-types');
  }

  /** Asks the server; the answer also arrives as a `count` event, unless a newer count was told meanwhile. */
  async unreadCount() {
    const told = this.#told;
    const count = countOf(await this.#api.json('/notifications/unread-count'));
    if (told === this.#told) this.#changeCount(count);
    return count;
  }

  markRead(id) {
    return this.#change('POST', `${path(id)}/read`, { id, is_read: true });
  }

  markUnread(id) {
    return this.#change('POST', `${path(id)}/unread`, { id, is_read: false });
  }

  markAllRead() {
    return this.#change('POST', '/notifications/read-all', { all: true, is_read: true });
  }

  /** What opening a bell means: nothing is new any more, though unread. */
  markAllSeen() {
    return this.#change('POST', '/notifications/seen', { all: true, seen_at: new Date().toISOString() });
  }

  /** Removes it from every screen, and cancels what is still to come on other channels. */
  dismiss(id) {
    return this.#change('DELETE', path(id), { id, dismissed: true });
  }

  dismissGroup(group) {
    return this.#change('DELETE', '/notifications', { group, dismissed: true }, { query: { group } });
  }

  archive(id) {
    return this.#change('POST', `${path(id)}/archive`, { id, archived_at: new Date().toISOString() });
  }

  unarchive(id) {
    return this.#change('POST', `${path(id)}/unarchive`, { id, archived_at: null });
  }

  /** Puts it away until then. @param {Date | string} until */
  snooze(id, until) {
    const at = new Date(until).toISOString();
    return this.#change('POST', `${path(id)}/snooze`, { id, snoozed_until: at }, { body: { until: at } });
  }

  /** Takes an action of the application, once; the page does what it means. */
  act(id, action) {
    return this.#change('POST', `${path(id)}/actions/${encodeURIComponent(action)}`, { id, is_read: true });
  }

  /** At most 1,000 ids at a time; what is not ours is ignored by the server. */
  markManyRead(ids) {
    const body = { notification_ids: ids };
    return this.#change('POST', '/notifications/bulk-mark-read', { ids, is_read: true }, { body });
  }

  dismissMany(ids) {
    const body = { notification_ids: ids };
    return this.#change('POST', '/notifications/bulk-delete', { ids, dismissed: true }, { body });
  }

  /** Any other call of the API below `/api/v1`, authorized. */
  request(path, options) {
    return this.#api.json(path, options);
  }

  async #change(method, path, change, options) {
    // Goes through also where the page is left at once, as by the link that was clicked.
    const answer = await this.#api.json(path, { method, keepalive: true, ...options });
    this.#emit('updated', change);
    this.#countSoon();
    return answer;
  }

  /** Takes up what an earlier page of this tab knew. */
  #recall(name) {
    this.#memory = name;
    const { lastSeen, seen } = recall(name);
    this.#seen.load(seen);
    this.lastSeen ||= lastSeen;
  }

  #receive(type, data) {
    if (type === 'connected') this.#connected(data);
    else if (type === 'notification') this.#arrived(data);
    else if (type === 'updated') this.#emit('updated', data);
    else if (type === 'reload') this.#reload();
    if (type === 'notification' || type === 'updated') this.#countSoon();
    else this.#changeCount(countOf(data));
  }

  #connected(data) {
    this.#userId = data.user_id ?? null;
    // What came before was not told, and what was read before may lack it.
    if (data.fresh) this.#emit('reload', {});
    this.#countSoon();
  }

  #arrived(notification) {
    if (!notification?.id || !this.#seen.add(notification)) return;
    const quiet = notification.silent || notification.replayed || notification.is_read;
    const event = new CustomEvent('carillon-notification', { cancelable: true, detail: notification });
    const wanted = this.#document?.dispatchEvent(event) ?? true;
    this.#emit('notification', { notification, toast: wanted && !quiet });
  }

  #reload() {
    this.#emit('reload', {});
    this.#countSoon();
  }

  /** The count may have changed: asks for it, unless the stream tells it at once. */
  #countSoon() {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => this.unreadCount().catch(() => {}), COUNT_AFTER);
  }

  #changeCount(count) {
    if (count === null) return;
    this.#told++;
    clearTimeout(this.#counting);
    if (count === this.#count) return;
    this.#count = count;
    this.#emit('count', { count });
  }

  #changeStatus(status, detail) {
    this.#status = status;
    this.#emit('status', { status, ...detail });
    this.#document?.dispatchEvent(new CustomEvent('carillon-status', { detail: { status, ...detail } }));
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function path(id) {
  return `/notifications/${encodeURIComponent(id)}`;
}

function countOf(data) {
  const count = data?.unread_count ?? data?.count;
  return Number.isInteger(count) ? Math.max(0, count) : null;
}
