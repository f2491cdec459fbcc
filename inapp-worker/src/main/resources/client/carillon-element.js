import { sheet } from './dom.js';
import { watchPageClient } from './page-client.js';

/** What all components share: colours from custom properties, light and dark by the page's `color-scheme`. */
const theme = sheet(`
:host {
  --_accent: var(--carillon-accent, light-dark(#2563eb, #7aa2ff));
  --_on-accent: var(--carillon-on-accent, light-dark(#fff, #0b1020));
  --_surface: var(--carillon-surface, light-dark(#fff, #1b1d23));
  --_hover: var(--carillon-hover, light-dark(#f3f4f6, #262931));
  --_text: var(--carillon-text, light-dark(#16181d, #eceef2));
  --_muted: var(--carillon-muted, light-dark(#5b6270, #a2a9b8));
  --_border: var(--carillon-border, light-dark(#e3e6eb, #343842));
  --_danger: var(--carillon-danger, light-dark(#d92d20, #ff7b70));
  --_info: var(--carillon-info, var(--_accent));
  --_success: var(--carillon-success, light-dark(#0c8a4d, #4ccb8a));
  --_warning: var(--carillon-warning, light-dark(#b45309, #f5b546));
  --_error: var(--_danger);
  --_radius: var(--carillon-radius, 12px);
  --_shadow: var(--carillon-shadow, 0 0 1px rgb(0 0 0 / .2), 0 12px 32px -8px rgb(0 0 0 / .28));
  font-family: var(--carillon-font, inherit);
  font-size: 14px;
  line-height: 1.45;
  color: var(--_text);
}
:host([hidden]) { display: none !important; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
*, ::before, ::after { box-sizing: border-box; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.icon { inline-size: 20px; block-size: 20px; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { animation: none !important; transition: none !important; } }
`);

/**
 * A component that shows one client's notifications: its own (`element.client = …`) or else the page's. Everything it
 * starts is tied to a signal and released when it leaves the document.
 */
export class CarillonElement extends (globalThis.HTMLElement ?? class {}) {
  #own = null;
  #client = null;
  #attached = null;
  #bound = null;
  #releases = [];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [theme, ...[this.constructor.styles].flat()];
  }

  /** Registers the element; apart from the class, so that a page may choose another name. */
  static define(tag = this.tag, registry = customElements) {
    if (!registry.get(tag)) registry.define(tag, this);
    return this;
  }

  get client() {
    return this.#client;
  }

  set client(client) {
    this.#own = client;
    if (this.#attached) this.#bind(client);
  }

  /** Ends when the element leaves the document; for its listeners. */
  get signal() {
    return this.#attached?.signal;
  }

  /** Has `release` called when the element leaves the document. */
  onRelease(release) {
    this.#releases.push(release);
  }

  connectedCallback() {
    this.#attached = new AbortController();
    this.attached?.();
    this.onRelease(watchPageClient((client) => this.#bind(this.#own ?? client)));
  }

  disconnectedCallback() {
    this.#bind(null);
    this.#attached?.abort();
    this.#attached = null;
    for (const release of this.#releases.splice(0)) release();
    this.detached?.();
  }

  #bind(client) {
    if (client === this.#client) return;
    this.#bound?.abort();
    this.#bound = new AbortController();
    this.#client = client;
    this.clientChanged?.(client, this.#bound.signal);
  }

  /** Replaces the content of the shadow root. */
  render(...children) {
    this.shadowRoot.replaceChildren(...children);
  }
}
