import { CarillonError } from './api.js';
import { Backoff } from './backoff.js';
import { Transports } from './transports.js';

/** A connection that lived this long was a good one: the next failure starts the backoff anew. */
const STABLE_MS = 5_000;

/** So long a connection may take to say its first word, in milliseconds; a proxy that collects a stream never does. */
const FIRST_WORD_MS = 15_000;

/** The end of the stream after which the server does not want this client back. */
const FINAL_REASON = 'too_many_connections';

/**
 * One live connection, kept up until `stop()`: resumed from the last id, reopened with backoff, given up as dead when
 * silent for `staleAfter` ms, and carried by another transport where the best one does not get through.
 */
export class LiveStream {
  #api;
  #onEvent;
  #onStatus;
  #staleAfter;
  #backoff;
  #transports;
  #running = null;
  #wake = () => {};
  lastEventId = '';

  /**
   * @param {import('./api.js').CarillonApi} api
   * @param {{onEvent: Function, onStatus: Function, staleAfter?: number, backoff?: object, transports?: string[]}} options
   */
  constructor(api, { onEvent, onStatus, staleAfter = 75_000, backoff, transports }) {
    this.#api = api;
    this.#onEvent = onEvent;
    this.#onStatus = onStatus;
    this.#staleAfter = staleAfter;
    this.#backoff = new Backoff(backoff);
    this.#transports = new Transports(transports);
  }

  start() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#run(this.#running.signal);
  }

  stop(reason = 'closed') {
    if (!this.#running) return;
    this.rest();
    this.#onStatus('disconnected', { reason });
  }

  /** Ends the connection without a word; `start()` resumes it. */
  rest() {
    this.#running?.abort();
    this.#running = null;
  }

  /** Ends the pause before the next attempt, e.g. because the network is back. */
  hurry() {
    this.#wake();
  }

  async #run(signal) {
    this.#onStatus('connecting', {});
    while (!signal.aborted) {
      const openedAt = performance.now();
      const end = await this.#connection(signal);
      if (signal.aborted) return;
      if (end.final) return this.stop(end.reason);
      if (end.renew) this.#api.forgetToken();
      if (performance.now() - openedAt > STABLE_MS) this.#backoff.reset();
      const delay = this.#backoff.next(end.retryAfter);
      this.#onStatus('reconnecting', { reason: end.reason, attempt: this.#backoff.failures, delay });
      await this.#pause(delay, signal);
    }
  }

  /** One connection from its request to its end. @returns {Promise<{reason: string}>} why it ended; never throws */
  async #connection(outer) {
    const attempt = new AbortController();
    const { signal } = attempt;
    const abort = () => attempt.abort();
    outer.addEventListener('abort', abort, { once: true });
    const fresh = !this.lastEventId;
    let watchdog;
    let spoke = false;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(abort, spoke ? this.#staleAfter : Math.min(FIRST_WORD_MS, this.#staleAfter));
    };
    const receive = (event) => {
      spoke = true;
      this.#transports.worked();
      return this.#receive(event, fresh);
    };
    const { name, open } = this.#transports.current;
    const opened = () => this.#onStatus('connected', name === 'sse' ? {} : { transport: name });
    let end;
    try {
      alive();
      // Later ones are for EventSource: a close event says the same.
      const retry = (milliseconds) => spoke || (this.#backoff.base = milliseconds);
      end = await open(this.#api, { since: this.lastEventId, signal, alive, opened, receive, retry });
    } catch (error) {
      end = signal.aborted ? { reason: 'stale' } : failure(error);
      if (error.status === 400) this.lastEventId = ''; // the server does not know such a position
    }
    clearTimeout(watchdog);
    outer.removeEventListener('abort', abort);
    attempt.abort();
    if (!outer.aborted) this.#transports.ended(spoke, end);
    return end ?? { reason: 'ended' };
  }

  /** Hands the event on; `connected` says whether nothing is replayed. @returns the end that a `close` event announces */
  #receive({ type, data, id }, fresh) {
    const body = typeof data === 'string' ? parseJson(data) : data;
    if (body === undefined) return undefined;
    if (type === 'reload') this.lastEventId = '';
    else if (id) this.lastEventId = id;
    if (type === 'close') {
      const { reason = 'closed', retry_after_ms: wait = 0 } = body ?? {};
      return { reason, final: reason === FINAL_REASON, renew: reason === 'token_expired', retryAfter: wait };
    }
    this.#onEvent(type, type === 'connected' ? { ...body, fresh } : body);
    return undefined;
  }

  #pause(milliseconds, signal) {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      this.#wake = done;
    });
  }
}

/** Final is what refuses this user for good: a token that nobody renews, a missing right. */
function failure(error) {
  if (!(error instanceof CarillonError)) return { reason: 'failed' };
  const { status, retryAfter } = error;
  if (status === 401) return { reason: 'unauthorized', final: true };
  if (status === 403) return { reason: 'forbidden', final: true };
  return { reason: status ? `http_${status}` : 'offline', status, retryAfter };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
