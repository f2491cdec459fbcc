import { LiveStream } from './live-stream.js';

/**
 * A {@link LiveStream} that all tabs of a user share: whoever holds the lock keeps the connection and passes everything
 * on; when it goes, or falls silent, another takes over where it stood. What is passed twice then, the receiver drops.
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
  #status = 'disconnected';
  lastEventId = '';

  /** Options as of {@link LiveStream}; `locks` is the browser's lock manager. */
  constructor(api, { locks = globalThis.navigator?.locks, staleAfter = 75_000, ...options }) {
    this.#api = api;
    this.#locks = locks;
    this.#options = { ...options, staleAfter };
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
    const name = this.#locks && globalThis.BroadcastChannel ? await this.#name() : null;
    if (signal.aborted) return;
    if (!name) {
      this.#lead(signal);
      return;
    }
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => this.#hear(data, name, signal);
    this.#channel.postMessage({ kind: 'hello' });
    this.#watch(name, signal);
    this.#contend(name, signal, false);
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
  #watch(name, signal) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      const waiting = this.#contending;
      this.#contend(name, signal, true);
      waiting.abort();
    }, this.#options.staleAfter * 1.5);
  }

  /** Keeps the connection. @returns {Promise<void>} settles when this tab stops */
  #lead(signal) {
    clearTimeout(this.#watchdog);
    const live = new LiveStream(this.#api, {
      ...this.#options,
      onEvent: (type, data) => live === this.#live && this.#pass({ kind: 'event', type, data, id: live.lastEventId }),
      onStatus: (status, detail) => live === this.#live && this.#changed(status, detail),
    });
    live.lastEventId = this.lastEventId;
    this.#live = live;
    live.start();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
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
    if (message.kind === 'hello') {
      if (this.#live) this.#welcome();
      return;
    }
    if (this.#live) return; // of a leader that does not know yet that it is none
    this.#take(message);
    this.#watch(name, signal);
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
