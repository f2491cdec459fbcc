/** A refusal: the problem document of the API. */
export class Refusal extends Error {
  constructor(status, { detail, code, errors } = {}) {
    super(detail || `The answer was ${status}.`);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** Calls of the console. Tells `signedout` where the session has ended. */
export class Api extends EventTarget {
  #csrf = null;

  /** Who is signed in with the cookie, or null. */
  async current() {
    try {
      return this.#keep(await this.#call('GET', '/console/session'));
    } catch (error) {
      if (error.status === 401) return null;
      throw error;
    }
  }

  /** How somebody can sign in. */
  ways() {
    return this.#call('GET', '/console/session/ways');
  }

  async signIn(key) {
    return this.#keep(await this.#call('POST', '/console/session', { body: { key } }));
  }

  async signOut() {
    await this.#call('DELETE', '/console/session');
    this.#csrf = null;
  }

  /** `background` marks what the page asks by itself, which does not count as somebody being there. */
  get(path, { background = false } = {}) {
    return this.#asked('GET', path, { background });
  }

  post(path, body = {}) {
    return this.#asked('POST', path, { body });
  }

  put(path, body) {
    return this.#asked('PUT', path, { body });
  }

  delete(path) {
    return this.#asked('DELETE', path, {});
  }

  async #asked(method, path, options) {
    try {
      return await this.#call(method, path, options);
    } catch (error) {
      if (error.status === 401) {
        this.#csrf = null;
        this.dispatchEvent(new Event('signedout'));
      }
      throw error;
    }
  }

  async #call(method, path, { body, background = false } = {}) {
    const headers = { Accept: 'application/json' };
    if (this.#csrf) headers['X-Carillon-Csrf'] = this.#csrf;
    if (background) headers['X-Carillon-Background'] = '1';
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    let response;
    try {
      response = await fetch(path, { method, headers, credentials: 'same-origin', body: body && JSON.stringify(body) });
    } catch {
      throw new Refusal(0, { detail: 'Carillon does not answer. Is it running, and are you connected?' });
    }
    if (response.status === 204) return null;
    const text = await response.text();
    let document = null;
    try {
      document = JSON.parse(text);
    } catch {
      // A proxy's own page, say: the status has to do.
    }
    if (!response.ok) throw new Refusal(response.status, document ?? {});
    return document;
  }

  #keep(signed) {
    this.#csrf = signed.csrf;
    return signed;
  }
}
