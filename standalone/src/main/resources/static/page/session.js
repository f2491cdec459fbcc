import { CarillonClient, CarillonError } from '/client/index.js';
import { Attempts } from './attempts.js';

export const USERS = [
  { id: 'ada', name: 'Ada' },
  { id: 'bob', name: 'Bob' },
  { id: 'cyd', name: 'Cyd' },
];

export function nameOf(id) {
  return USERS.find((user) => user.id === id)?.name ?? id;
}

/**
 * Who is signed in, and what the page publishes. Dispatches `user`, `notification`, `published` (an attempt began),
 * `accepted` (it got its 202), `progress` (something is known of it) and `mail`; the detail is always the object concerned.
 */
export class Session extends EventTarget {
  #user = null;
  #client = null;
  #key = null;
  #attempts = new Attempts();

  get user() {
    return this.#user;
  }

  get client() {
    return this.#client;
  }

  /** The latest attempts, newest first. */
  get attempts() {
    return this.#attempts.all;
  }

  /** Milliseconds since 1970, never going back. */
  now() {
    return performance.timeOrigin + performance.now();
  }

  start() {
    const remembered = sessionStorage.getItem('user');
    this.signIn(USERS.some(({ id }) => id === remembered) ? remembered : 'ada');
  }

  signIn(user) {
    if (user === this.#user) return;
    this.#user = user;
    sessionStorage.setItem('user', user);
    this.#client?.disconnect();
    this.#client = CarillonClient.connect({ token: () => tokenOf(user), queued: { autoClear: 6_000 } });
    this.#client.addEventListener('notification', ({ detail }) => this.tell('notification', detail.notification));
    this.tell('user', user);
  }

  /** The demo API key, for publishing and for the command line. */
  async key() {
    this.#key ??= (await getJson('/demo/key')).key;
    return this.#key;
  }

  /** Publishes an event; the attempt says what came of it. */
  async attempt(event) {
    await this.key().catch(() => {}); // fetched once, and not part of what is measured
    const attempt = { key: crypto.getRandomValues(new Uint32Array(2)).join('-'), event, startedAt: this.now() };
    this.#attempts.add(attempt);
    this.tell('published', attempt);
    try {
      attempt.answer = await this.#publish(event);
      attempt.repeat = this.#attempts.isRepeat(attempt);
    } catch ({ status, message, problem }) {
      attempt.error = { status: status ?? 0, message, problem };
    }
    attempt.acceptedAt = this.now();
    attempt.acceptedMs = attempt.acceptedAt - attempt.startedAt;
    this.tell('progress', attempt);
    if (attempt.answer) this.tell('accepted', attempt);
    return attempt;
  }

  /** @returns {Promise<{uid: string, id: string, source: string}>} */
  async #publish(event) {
    const response = await fetch('/api/v1/events', {
      method: 'POST',
      headers: { Authorization: `Bearer ${await this.key()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
    });
    const answer = await response.json().catch(() => null);
    if (!response.ok) throw new CarillonError(response.status, answer);
    return answer;
  }

  tell(type, detail) {
    if (type === 'progress') this.#attempts.save();
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  on(type, listener) {
    this.addEventListener(type, ({ detail }) => listener(detail));
  }
}

export async function getJson(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new CarillonError(response.status, await response.json().catch(() => null));
  return response.json();
}

async function tokenOf(user) {
  return (await getJson(`/demo/token?user=${encodeURIComponent(user)}`)).token;
}
