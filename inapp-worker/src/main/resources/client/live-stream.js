import { Backoff } from './backoff.js';
import { CarillonError } from './api.js';
import { EventStreamParser } from './sse-parse.js';

/** A connection that lived this long was a good one: the next failure starts the backoff anew. */
const STABLE_MS = 5_000;

/** Ends of the stream after which the server does not want this client back. */
const FINAL_REASONS = new Set(['too_many_connections', 'session_ended']);

/**
 * One live connection over server-sent events, kept up until `stop()`: read with `fetch` (EventSource cannot send a
 * token), resumed from the last id, reopened with backoff, and given up as dead when silent for `staleAfter` ms.
 */
export class LiveStream {
  #api;
  #onEvent;
  #onStatus;
  #staleAfter;
  #backoff;
  #running = null;
  #wake = () => {};
  lastEventId = '';

  /**
   * @param {import('./api.js').CarillonApi} api
   * @param {{onEvent: Function, onStatus: Function, staleAfter?: number, backoff?: object}} options
   */
  constructor(api, { onEvent, onStatus, staleAfter = 75_000, backoff }) {
    this.#api = api;
    this.#onEvent = onEvent;
    this.#onStatus = onStatus;
    this.#staleAfter = staleAfter;
    this.#backoff = new Backoff(backoff);
  }

  start() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#run(this.#running.signal);
  }

  stop(reason = 'closed') {
    if (!this.#running) return;
    this.#running.abort();
    this.#running = null;
    this.#onStatus('disconnected', { reason });
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
    const abort = () => attempt.abort();
    outer.addEventListener('abort', abort, { once: true });
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(abort, this.#staleAfter);
    };
    let end = null;
    try {
      alive();
      const fresh = !this.lastEventId;
      const reader = (await this.#request(attempt.signal)).body.getReader();
      this.#onStatus('connected', {});
      const parser = new EventStreamParser(
        (event) => (end = this.#receive(event, fresh) ?? end),
        (retry) => (this.#backoff.base = retry),
      );
      for (let part; !end && !(part = await reader.read()).done; alive()) parser.push(part.value);
    } catch (error) {
      end = attempt.signal.aborted ? { reason: 'stale' } : failure(error);
      if (error.status === 400) this.lastEventId = ''; // the server does not know such a position
    } finally {
      clearTimeout(watchdog);
      outer.removeEventListener('abort', abort);
      attempt.abort();
    }
    return end ?? { reason: 'ended' };
  }

  async #request(signal) {
    const headers = { Accept: 'text/event-stream' };
    if (this.lastEventId) headers['Last-Event-ID'] = this.lastEventId;
    const response = await this.#api.open('/notifications/stream', { headers, signal, cache: 'no-store' });
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) throw new CarillonError(response.status);
    return response;
  }

  /** Hands the event on; `connected` says whether nothing is replayed. @returns the end that a `close` event announces */
  #receive({ type, data, id }, fresh) {
    const body = parseJson(data);
    if (body === undefined) return undefined;
    if (type === 'reload') this.lastEventId = '';
    else if (id) this.lastEventId = id;
    if (type === 'close') {
      const { reason = 'closed', retry_after_ms: wait = 0 } = body ?? {};
      return { reason, final: FINAL_REASONS.has(reason), renew: reason === 'token_expired', retryAfter: wait };
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
  if (error.status === 401) return { reason: 'unauthorized', final: true };
  if (error.status === 403) return { reason: 'forbidden', final: true };
  return { reason: error.status ? `http_${error.status}` : 'offline', retryAfter: error.retryAfter };
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
