import { Attention } from './attention.js';
import { LiveStream } from './live-stream.js';

/** How long a leader may take to wake, in milliseconds, before a tab that somebody looks at takes its place. */
const WAKE_MS = 3_000;

/** So many notifications, and what comes in so many milliseconds, are acknowledged together. */
const GROUP = 1_000;

/**
 * A {@link LiveStream} that all tabs of a user share: whoever holds the lock keeps the connection and passes everything
 * on; when it goes, or falls silent, another takes over where it stood. What is passed twice then, the receiver drops.
 * While nobody looks at any of them the connection rests, unless `mayRest` says no, and is resumed at the next look.
 *
 * Without locks, or with a token that names no user, each tab has a connection of its own.
 */
export class SharedStream {
  #api;
  #options;
  #locks;
  #live = null;
  #channel = null;
  #running = null;
  #contending = null;
  #watchdog = 0;
  #greeting = null;
  #group = null;
  #status = 'disconnected';
  #attention = null;
  lastEventId = '';

  /**
   * Options as of {@link LiveStream}; `locks` is the browser's lock manager, `page` the document, `suspendAfter` the
   * milliseconds without a look until the connection rests, and `onUser` is told whose stream it is.
   */
  constructor(api, { locks = globalThis.navigator?.locks, staleAfter = 75_000, suspendAfter = 300_000, ...options }) {
    this.#api = api;
    this.#locks = locks;
    this.#options = { ...options, staleAfter, suspendAfter };
  }

  start() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#open(this.#running.signal);
  }

  stop(reason = 'closed') {
    if (!this.#running) return;
    this.#running.abort();
    this.#running = null;
    this.#retire();
    this.#contending?.abort();
    clearTimeout(this.#watchdog);
    this.#channel?.close();
    this.#channel = null;
    this.#take({ kind: 'status', status: 'disconnected', detail: { reason } });
  }

  hurry() {
    this.#live?.hurry();
  }

  async #open(signal) {
    this.#changed('connecting', {});
    const user = await this.#name();
    if (signal.aborted) return;
    if (user) this.#options.onUser?.(user);
    const name = this.#locks && globalThis.BroadcastChannel ? user : null;
    this.#attend(name, signal);
    if (!name) {
      this.#lead(signal);
      return;
    }
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => this.#hear(data, name, signal);
    this.#channel.postMessage({ kind: 'hello', visible: this.#attention.visible });
    this.#watch(name, signal);
    this.#contend(name, signal, false);
  }

  #attend(name, signal) {
    const post = (kind) => this.#channel?.postMessage({ kind });
    const onVisible = () => {
      post('visible');
      if (this.#live) this.#wake();
      else if (this.#status === 'suspended') this.#watch(name, signal, WAKE_MS);
    };
    const { page, suspendAfter: after } = this.#options;
    this.#attention = new Attention({ page, locks: name && this.#locks, name, after, signal, onVisible, onHidden: () => post('hidden') });
  }

  /** Lets the connection rest while nobody looks. */
  #rest() {
    if (!this.#live || this.#options.mayRest?.() === false) return;
    this.#live.rest();
    this.#changed('suspended', {});
  }

  #wake() {
    if (this.#status === 'suspended') this.#live.start();
  }

  /** One name per API and user; null where the token does not say who she is. */
  async #name() {
    const token = await this.#api.token().catch(() => null);
    const user = subjectOf(token);
    return user && `carillon ${this.#api.base} ${user}`;
  }

  /** Waits for the lock, leads while it holds it, and waits again when it was taken away. */
  async #contend(name, signal, steal) {
    const own = (this.#contending = new AbortController());
    let led = false;
    try {
      await this.#locks.request(name, steal ? { steal } : { signal: own.signal }, () => {
        led = true;
        return this.#lead(signal);
      });
    } catch {
      // Stopped, or the lock was taken over, or this page may have none.
    }
    if (own !== this.#contending || signal.aborted) return;
    if (!led) {
      this.#lead(signal);
      return;
    }
    this.#retire();
    this.#watch(name, signal);
    this.#contend(name, signal, false);
  }

  /** Takes the lock from a leader that says nothing any more, e.g. because its tab is frozen. */
  #watch(name, signal, patience = this.#options.staleAfter * 1.5) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      const waiting = this.#contending;
      this.#contend(name, signal, true);
      waiting.abort();
    }, patience);
  }

  /** Keeps the connection. @returns {Promise<void>} settles when this tab stops */
  #lead(signal) {
    clearTimeout(this.#watchdog);
    const live = new LiveStream(this.#api, {
      ...this.#options,
      onEvent: (type, data) => {
        if (live !== this.#live) return;
        if (type === 'notification' && data.mode === 'queued') this.#acknowledge(data.id);
        this.#pass({ kind: 'event', type, data, id: live.lastEventId });
      },
      onStatus: (status, detail) => live === this.#live && this.#changed(status, detail),
    });
    live.lastEventId = this.lastEventId;
    this.#live = live;
    live.start();
    this.#attention.whenIdle(() => this.#rest());
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  /** Tells the server, for a group at once, what has come: it is not replayed to a client that begins. */
  #acknowledge(id) {
    if (this.#group?.push(id) < GROUP) return;
    const ids = (this.#group = [id]);
    setTimeout(() => {
      this.#group = null;
      this.#api.json('/notifications/ack', { method: 'POST', body: { notification_ids: ids } }).catch(() => {});
    }, GROUP);
  }

  #retire() {
    const live = this.#live;
    this.#live = null;
    live?.stop();
  }

  /** A final end is this tab's own: another may have a better token. */
  #changed(status, detail) {
    if (status === 'disconnected') this.stop(detail.reason);
    else this.#pass({ kind: 'status', status, detail });
  }

  #pass(message) {
    this.#take(message);
    this.#channel?.postMessage(message);
  }

  #hear(message, name, signal) {
    const { kind } = message;
    if (kind === 'hello' && this.#live) this.#welcome();
    if (kind === 'hidden' || kind === 'visible' || message.visible) this.#attention.note();
    if (this.#live && (kind === 'visible' || message.visible)) this.#wake();
    // Whoever leads hears of a leader that does not know yet that it is none.
    if (this.#live || (kind !== 'event' && kind !== 'status')) return;
    this.#take(message);
    if (this.#status === 'suspended') clearTimeout(this.#watchdog);
    else this.#watch(name, signal);
  }

  /** Tells a tab that has just come what the stream said at its beginning. */
  #welcome() {
    this.#channel.postMessage({ kind: 'status', status: this.#status, detail: {} });
    if (this.#greeting) this.#channel.postMessage({ ...this.#greeting, id: this.#live.lastEventId });
  }

  #take(message) {
    if (message.kind === 'status') {
      if (message.status === this.#status && message.status !== 'reconnecting') return;
      this.#status = message.status;
      this.#options.onStatus(message.status, message.detail);
      return;
    }
    const { type, data, id } = message;
    const fresh = data?.fresh || !this.lastEventId;
    this.lastEventId = type === 'reload' ? '' : id || this.lastEventId;
    if (type === 'connected') this.#greeting = { ...message, data: { user_id: data.user_id } };
    this.#options.onEvent(type, type === 'connected' ? { ...data, fresh } : data);
  }
}

/** Subject and session of a JWT, unverified, as one text; null for any other token. */
export function subjectOf(token) {
  try {
    const { sub, sid = '' } = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
    return sub ? `${sub} ${sid}` : null;
  } catch {
    return null;
  }
}
