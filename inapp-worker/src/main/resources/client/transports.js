import { overEvents } from './over-events.js';
import { overPolling } from './over-polling.js';
import { overWebSocket } from './over-web-socket.js';

/** Best first. */
const ALL = [
  { name: 'sse', open: overEvents },
  { name: 'websocket', open: overWebSocket },
  { name: 'polling', open: overPolling },
];

/** So many connections in a row must end without a word before another transport is tried. */
const STRIKES = 3;

/** After so long on a second-best transport, in milliseconds, its end is the occasion to try the best again. */
const PATIENCE = 600_000;

/** Answers that no repetition changes: there is no such path here, or not over this version of HTTP. */
const HOPELESS = new Set([404, 405, 406, 426, 501, 505]);

/**
 * Which transport carries the live connection. One that does not get through gives way to the next, and the last to the
 * first; a server that says it is busy, or a token that it refuses, is no fault of the transport.
 */
export class Transports {
  #all;
  #at = 0;
  #strikes = 0;
  #since = 0;

  /** @param {string[]} [names] those to use, of `sse`, `websocket` and `polling`; all by default */
  constructor(names) {
    this.#all = ALL.filter(({ name }) => !names || names.includes(name));
  }

  get current() {
    return this.#all[this.#at];
  }

  worked() {
    this.#strikes = 0;
  }

  /** @param {boolean} spoke whether anything came  @param {{status?: number, renew?: boolean}} [end] */
  ended(spoke, end) {
    const now = performance.now();
    if (spoke) {
      if (this.#at > 0 && now - this.#since > PATIENCE) this.#use(0, now);
      return;
    }
    if (end?.renew || end?.final || end?.status === 400 || end?.status === 429 || end?.status === 503) return;
    this.#strikes += HOPELESS.has(end?.status) ? STRIKES : 1;
    if (this.#strikes >= STRIKES) this.#use((this.#at + 1) % this.#all.length, now);
  }

  #use(at, now) {
    this.#at = at;
    this.#strikes = 0;
    this.#since = now;
  }
}
