import './push-strings.js';
import { CarillonElement } from './carillon-element.js';
import { el, sheet } from './dom.js';
import { concerns, isGone } from './feed-list.js';
import { icon } from './icons.js';
import { deviceLabel, PushDevice } from './push-device.js';
import { t } from './strings.js';

const TEXTS = {
  off: 'pushOff',
  on: 'pushOn',
  busy: 'pushBusy',
  denied: 'pushDenied',
  unsupported: 'pushUnsupported',
  install: 'pushInstall',
  insecure: 'pushInsecure',
  failed: 'pushFailed',
};

/**
 * `<carillon-push>`: turns push on or off for this device. Hides itself where the server has no push configured.
 *
 * Attributes: `worker` is the service worker's address (this folder's `carillon-sw.js`; better a file of the page's own
 * that says `importScripts('/client/carillon-sw.js')`), `scope` its scope.
 * Events: `carillon-push` whenever the state changes; detail is `{state}`.
 */
export class CarillonPush extends CarillonElement {
  static tag = 'carillon-push';
  static styles = sheet(`
:host { display: block; }
.row { display: flex; align-items: center; gap: 14px; }
.sign { display: grid; place-items: center; inline-size: 40px; block-size: 40px; border-radius: 11px; color: var(--_accent); background: color-mix(in srgb, var(--_accent) 12%, transparent); flex: none; }
.on .sign { color: var(--_success); background: color-mix(in srgb, var(--_success) 14%, transparent); }
.text { flex: 1; min-inline-size: 0; }
strong { display: block; font-weight: 600; }
p { margin: 0; color: var(--_muted); font-size: 13px; }
button { padding: 8px 14px; border-radius: 9px; font-weight: 600; font-size: 13px; white-space: nowrap; background: var(--_accent); color: var(--_on-accent); }
button:hover { filter: brightness(1.08); }
button:disabled { opacity: .55; cursor: default; }
.on button { background: none; color: var(--_text); box-shadow: inset 0 0 0 1px var(--_border); }
.on button:hover { background: var(--_hover); filter: none; }
@media (max-width: 420px) { .row { flex-wrap: wrap; } .text { flex-basis: 60%; } button { flex: 1; } }
`);

  #key = null;
  #state = 'busy';

  get worker() {
    return new URL(this.getAttribute('worker') ?? new URL('carillon-sw.js', import.meta.url).href, document.baseURI).href;
  }

  get scope() {
    return this.getAttribute('scope') ? new URL(this.getAttribute('scope'), document.baseURI).href : undefined;
  }

  /** busy, off, on, denied, unsupported, install, insecure, failed, or hidden where the server has no push */
  get state() {
    return this.#state;
  }

  attached() {
    const { serviceWorker } = navigator;
    serviceWorker?.addEventListener('message', ({ data }) => this.#heard(data), { signal: this.signal });
  }

  clientChanged(client, signal) {
    this.#key = null;
    this.hidden = true;
    client?.addEventListener('updated', ({ detail }) => this.#closeShown(detail), { signal });
    if (client) this.#refresh(client);
  }

  /** Takes away what this device shows and somebody read elsewhere. */
  async #closeShown(change) {
    if (!change.is_read && !isGone(change)) return;
    for (const shown of await this.#device.shown().catch(() => [])) {
      if (concerns(change)({ ...shown.data, created_at: new Date(shown.timestamp ?? 0).toISOString(), group: shown.tag })) shown.close();
    }
  }

  get #device() {
    return new PushDevice({ worker: this.worker, scope: this.scope });
  }

  async #refresh(client, oldEndpoint) {
    try {
      const { key, public_key: publicKey = key } = await client.request('/push/key');
      if (client !== this.client) return;
      this.#key = publicKey;
      this.#show(await this.#device.state());
      if (this.#state === 'on') await this.#tell(client, await this.#device.subscription(), oldEndpoint);
    } catch (error) {
      if (client === this.client) this.#show(error.status === 404 ? 'hidden' : 'failed');
    }
  }

  /** Gives the server the subscription as the browser has it now; repeated, because the browser may have changed it. */
  #tell(client, subscription, oldEndpoint) {
    const body = { ...subscription.toJSON(), label: deviceLabel(navigator), oldEndpoint };
    return client.request('/push/subscribe', { method: 'POST', body });
  }

  async #toggle() {
    const client = this.client;
    const enable = this.#state !== 'on';
    this.#show('busy');
    try {
      if (enable) await this.#enable(client);
      else await this.#disable(client);
      this.#show(await this.#device.state());
    } catch (error) {
      this.#show('failed');
      this.dispatchEvent(new ErrorEvent('error', { error, message: error.message }));
    }
  }

  async #enable(client) {
    const subscription = await this.#device.enable(this.#key);
    if (subscription) await this.#tell(client, subscription);
  }

  async #disable(client) {
    const endpoint = await this.#device.disable();
    if (endpoint) await client.request('/push/unsubscribe', { method: 'POST', body: { endpoint } });
  }

  /** Messages of the service worker: the browser renewed the subscription, or a notification was clicked. */
  #heard(data) {
    if (data?.type === 'carillon-subscription' && this.client && this.#key) this.#refresh(this.client, data.old ?? undefined);
    if (data?.type === 'carillon-click' && data.id) this.client?.markRead(data.id).catch(() => {});
  }

  #show(state) {
    this.#state = state;
    this.hidden = state === 'hidden';
    this.dispatchEvent(new CustomEvent('carillon-push', { detail: { state }, bubbles: true, composed: true }));
    const possible = ['off', 'on', 'busy', 'failed'].includes(state);
    const button = el('button', { type: 'button', disabled: state === 'busy', on: { click: () => this.#toggle() } });
    button.textContent = t(state === 'on' ? 'pushDisable' : 'pushEnable');
    const text = el('div', { class: 'text' }, el('strong', {}, t('pushTitle')), el('p', { role: 'status' }, t(TEXTS[state] ?? 'pushOff')));
    this.render(el('div', { class: `row ${state}` }, el('span', { class: 'sign' }, icon('bell')), text, possible && button));
  }
}
