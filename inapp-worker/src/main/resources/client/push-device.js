/**
 * This device's push subscription: what the browser has, and what the server knows. All browser objects come from
 * outside, so that every state can be tried without a browser.
 */
export class PushDevice {
  #window;
  #worker;
  #scope;

  /** @param {{worker: string, scope?: string, window?: Window}} options `worker` is the service worker's address */
  constructor({ worker, scope, window = globalThis }) {
    this.#window = window;
    this.#worker = worker;
    this.#scope = scope;
  }

  /**
   * What is possible here: `insecure`, `install` (iOS, before it is on the home screen), `unsupported`, `denied`, or
   * `off` and `on`.
   */
  async state() {
    const { navigator, Notification, PushManager, isSecureContext } = this.#window;
    if (isSecureContext === false) return 'insecure';
    if (!navigator.serviceWorker || !PushManager || !Notification) return isIos(navigator) ? 'install' : 'unsupported';
    if (Notification.permission === 'denied') return 'denied';
    return (await this.subscription()) ? 'on' : 'off';
  }

  /** @returns {Promise<PushSubscription | null>} */
  async subscription() {
    return (await (await this.#registration())?.pushManager.getSubscription()) ?? null;
  }

  /** The notifications that this device shows. @returns {Promise<Notification[]>} */
  async shown() {
    return (await (await this.#registration())?.getNotifications()) ?? [];
  }

  async #registration() {
    return this.#window.navigator.serviceWorker?.getRegistration(this.#scope ?? new URL('./', this.#worker).href);
  }

  /** Asks for permission and subscribes with the server's key; call it from a click. Null where the user refused. */
  async enable(publicKey) {
    const { navigator, Notification } = this.#window;
    if ((await Notification.requestPermission()) !== 'granted') return null;
    const registration = await navigator.serviceWorker.register(this.#worker, { scope: this.#scope });
    await activated(registration);
    const options = { userVisibleOnly: true, applicationServerKey: decodeKey(publicKey) };
    const known = await registration.pushManager.getSubscription();
    if (known && !sameKey(known.options?.applicationServerKey, options.applicationServerKey)) await known.unsubscribe();
    return registration.pushManager.subscribe(options);
  }

  /** @returns {Promise<string | null>} the endpoint that is no more */
  async disable() {
    const subscription = await this.subscription();
    await subscription?.unsubscribe();
    return subscription?.endpoint ?? null;
  }
}

/** base64url to bytes, as the browser's subscribe call wants the VAPID key. */
export function decodeKey(key) {
  const base64 = key.replace(/-/g, '+').replace(/_/g, '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A name for this device that people recognise, e.g. `Chrome on Linux`; undefined where the browser tells nothing. */
export function deviceLabel({ userAgentData, userAgent = '' }) {
  const product = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'].find((name) => userAgent.includes(`${name}/`));
  const brand = { Edg: 'Edge', OPR: 'Opera' }[product] ?? product;
  const system = userAgentData?.platform || /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(userAgent)?.[0];
  return [brand, system].filter(Boolean).join(' on ') || undefined;
}

function sameKey(buffer, key) {
  if (!buffer) return true;
  const known = new Uint8Array(buffer);
  return known.length === key.length && known.every((byte, at) => byte === key[at]);
}

function isIos({ userAgent = '', maxTouchPoints = 0 }) {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}

/** Resolves when the registration has an active worker; `subscribe` refuses before. */
async function activated(registration) {
  if (registration.active) return;
  const worker = registration.installing ?? registration.waiting;
  await new Promise((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('the service worker could not be installed'));
    });
  });
}
