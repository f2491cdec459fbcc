import { CarillonClient, CarillonError } from '/client/index.js';

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
 * `progress` (something is known of an attempt) and `mail`; the detail is always the object concerned.
 */
export class Session extends EventTarget {
  #user = null;
  #client = null;
  #key = null;

  get user() {
    return this.#user;
  }

  get client() {
    return this.#client;
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
    this.#client = CarillonClient.connect({ token: () => tokenOf(user) });
    this.#client.addEventListener('notification', ({ detail }) => this.tell('notification', detail.notification));
    this.tell('user', user);
  }

  /** The demo API key, for publishing and for the command line. */
  async key() {
    this.#key ??= (await getJson('/demo/key')).key;
    return this.#key;
  }

  /** @returns {Promise<{answer: {uid: string, id: string, source: string}, answeredAt: number}>} */
  async publish(event) {
    const response = await fetch('/api/v1/events', {
      method: 'POST',
      headers: { Authorization: `Bearer ${await this.key()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
    });
    const answeredAt = performance.now();
    const answer = await response.json().catch(() => null);
    if (!response.ok) throw new CarillonError(response.status, answer);
    return { answer, answeredAt };
  }

  tell(type, detail) {
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
