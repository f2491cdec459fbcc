import { $ } from './dom.js';
import { Arrivals } from './arrivals.js';
import { verdict } from './verdicts.js';

/**
 * Reads attempts: what became of them per recipient and channel, and how long it took. On screen is what this browser
 * saw, by the notification's id; the rest are the pipeline's own outcomes.
 */
export class Journey {
  #session;
  #notifications = new Arrivals();
  #mails = new Arrivals();

  constructor(session) {
    this.#session = session;
    session.on('notification', ({ id }) => this.#saw(this.#notifications, id, session.now()));
    session.on('mail', ({ message_id: id, received_at: at }) => this.#saw(this.#mails, id?.split('@')[0], Date.parse(at)));
  }

  #saw(arrivals, id, at) {
    arrivals.see(id, at);
    for (const attempt of this.#session.attempts) {
      if (this.#concerns(attempt, id)) this.#session.tell('progress', attempt);
    }
  }

  #concerns({ story }, id) {
    return story?.recipients.some(({ notification, channels }) => notification === id || channels.email?.delivery === id);
  }

  /** @returns {{recipient: string, verdicts: Object<string, object>}[]} */
  told(attempt) {
    return (attempt.repeat ? [] : (attempt.story?.recipients ?? [])).map(({ recipient, notification, channels }) => ({
      recipient,
      verdicts: Object.fromEntries(
        Object.entries(channels).map(([channel, step]) => {
          const ms = elapsed(attempt, this.#arrival(attempt, channel, notification, step));
          return [channel, verdict(channel, step, { ms, zone: this.#zone(recipient) })];
        }),
      ),
    }));
  }

  /** When it arrived; kept with the attempt, which outlives this page. */
  #arrival(attempt, channel, notification, { state, at, delivery }) {
    if (channel === 'inapp') {
      const seen = this.#notifications.at(notification);
      if (seen) (attempt.shown ??= {})[notification] ??= seen;
      return attempt.shown?.[notification];
    }
    if (state !== 'sent') return undefined;
    return (channel === 'email' && this.#mails.at(delivery)) || Date.parse(at);
  }

  /** Known of the signed-in user only; other times are the browser's. */
  #zone(recipient) {
    return recipient === this.#session.user ? $('carillon-preferences')?.preferences?.time_zone : undefined;
  }
}

/** From the click on; unknown where the clocks disagree. */
function elapsed({ startedAt }, at) {
  const ms = at - startedAt;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
