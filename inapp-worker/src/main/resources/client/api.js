import { retryAfter } from './backoff.js';

/** The server's refusal: HTTP status and, where it sent one, its problem document (RFC 9457). */
export class CarillonError extends Error {
  /** @param {number} status 0 where no answer came at all */
  constructor(status, problem, cause) {
    super(problem?.detail || problem?.title || (status ? `HTTP ${status}` : 'no connection'), { cause });
    this.name = 'CarillonError';
    this.status = status;
    this.problem = problem ?? null;
    this.retryAfter = 0;
  }
}

/**
 * Authorized calls to the HTTP API. The token is given, or asked of a callback, which is asked again
 * (`{renew: true}`) when the server answers 401; simultaneous calls share one renewal.
 */
export class CarillonApi {
  #base;
  #source;
  #token;
  #renewal = null;
  #fetch;

  /**
   * @param {string} base address of the API without a slash at its end, e.g. `/api/v1`
   * @param {string | ((options: {renew: boolean}) => string | Promise<string>)} token
   */
  constructor(base, token, fetch = globalThis.fetch.bind(globalThis)) {
    this.#base = base;
    this.#source = typeof token === 'function' ? token : null;
    this.#token = typeof token === 'function' ? null : token;
    this.#fetch = fetch;
  }

  get base() {
    return this.#base;
  }

  /** The token in use; asked for where there is none yet. */
  async token() {
    return this.#token ?? this.#renew(false);
  }

  /** A successful answer as JSON; null where it has no body. */
  async json(path, options) {
    const response = await this.open(path, options);
    if (response.status === 204) return null;
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
  }

  /**
   * A successful response, its body unread.
   *
   * @throws {CarillonError} for every other answer, and where none came
   */
  async open(path, { query, body, headers, ...rest } = {}) {
    const url = `${this.#base}${path}${queryString(query)}`;
    const init = { ...rest, headers: { Accept: 'application/json', ...headers } };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers['Content-Type'] = 'application/json';
    }
    const token = await this.token();
    let response = await this.#send(url, init, token);
    if (response.status === 401 && this.#source) {
      const renewed = this.#token === token ? await this.#renew(true) : this.#token;
      response = await this.#send(url, init, renewed ?? (await this.#renew(true)));
    }
    if (response.ok) return response;
    throw await refusal(response);
  }

  /** Makes the next call ask for a new token; a given one stays. */
  forgetToken() {
    if (this.#source) this.#token = null;
  }

  async #send(url, init, token) {
    if (token) init.headers.Authorization = `Bearer ${token}`;
    try {
      return await this.#fetch(url, init);
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new CarillonError(0, null, cause);
    }
  }

  async #renew(renew) {
    if (!this.#source) return null;
    this.#renewal ??= Promise.resolve(this.#source({ renew })).finally(() => (this.#renewal = null));
    return (this.#token = await this.#renewal);
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => null);
  const error = new CarillonError(response.status, problem);
  error.retryAfter = retryAfter(response.headers.get('Retry-After'));
  return error;
}

function queryString(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => (value ?? '') !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
}
