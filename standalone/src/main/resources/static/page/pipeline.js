import { quietUntil } from '/client/quiet-hours.js';
import { $ } from './dom.js';
import { milliseconds } from './format.js';
import { nameOf } from './session.js';

/** How long a channel may take before the page says why nothing came, in milliseconds. */
const PATIENCE = 8_000;

/** So many attempts still learn what arrives late. */
const RECENT = 12;

/** The picture of the pipeline: what became of the latest event, as seen from this browser. */
export function startPipeline(session) {
  const root = $('#pipeline');
  const recent = [];
  let current = null;

  const set = (node, state, text) => {
    const element = $(`[data-node=${node}]`, root);
    element.dataset.state = state;
    $('output', element).textContent = text;
  };
  const concerned = () => !current?.event.recipients || current.event.recipients.includes(session.user);
  const arrived = (channel, attempt) => {
    if (attempt === current) set('router', 'done', 'decided');
    if (attempt === current) set(channel, 'done', `${WORDS[channel]} in ${milliseconds(attempt[`${channel}Ms`])}`);
    session.tell('progress', attempt);
  };

  session.on('published', (attempt) => {
    current = attempt;
    recent.unshift(attempt);
    recent.length = Math.min(recent.length, RECENT);
    root.classList.remove('run');
    requestAnimationFrame(() => root.classList.add('run'));
    set('event', 'busy', 'sending…');
    set('router', 'idle', 'waiting');
    for (const channel of ['inapp', 'email', 'push']) set(channel, 'idle', 'waiting');
  });

  session.on('progress', (attempt) => {
    if (attempt !== current || attempt.settled || attempt.acceptedMs === undefined) return;
    attempt.settled = true;
    if (attempt.error) {
      set('event', 'failed', attempt.error.status ? `refused with ${attempt.error.status}` : 'no answer');
      for (const node of ['router', 'inapp', 'email', 'push']) set(node, 'idle', 'nothing to do');
      return;
    }
    set('event', 'done', `202 in ${milliseconds(attempt.acceptedMs)}`);
    if (attempt.inappMs === undefined) set('router', 'busy', 'deciding…');
    for (const channel of ['inapp', 'email', 'push']) {
      if (attempt[`${channel}Ms`] === undefined) set(channel, 'busy', 'on its way');
    }
    if ($('carillon-push').state !== 'on') set('push', 'idle', 'not on this device');
    setTimeout(() => attempt === current && explain(attempt), PATIENCE);
  });

  session.on('notification', (notification) => {
    const attempt = recent.find((one) => one.inappMs === undefined && matches(one, notification));
    if (!attempt) return;
    attempt.inappMs = performance.now() - attempt.startedAt;
    arrived('inapp', attempt);
  });

  session.on('mail', (mail) => {
    const attempt = recent.find((one) => one.emailMs === undefined && mail.subject?.includes(traceOf(one.event)));
    if (!attempt) return;
    attempt.emailMs = elapsed(attempt, mail);
    arrived('email', attempt);
  });

  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    const attempt = current;
    if (data?.type !== 'carillon-push' || !attempt || attempt.pushMs !== undefined) return;
    attempt.pushMs = performance.now() - attempt.startedAt;
    arrived('push', attempt);
  });

  /** What did not come in time: the reason, as far as this page can know it. */
  function explain(attempt) {
    const name = nameOf(session.user);
    const { preferences } = $('carillon-preferences');
    const quiet = preferences && quietUntil(preferences);
    const reason = (channel, otherwise) => {
      if (!concerned()) return `not for ${name}`;
      const { channels = {} } = preferences ?? {};
      if (channels[channel === 'inapp' ? 'in_app' : channel] === false) return `off for ${name}`;
      if (quiet?.channels.includes(channel)) return `held until ${quiet.end}`;
      return otherwise;
    };
    if (attempt.inappMs === undefined) set('inapp', 'idle', reason('inapp', 'nothing arrived'));
    if (attempt.emailMs === undefined) set('email', 'idle', reason('email', 'not for this type'));
    if (attempt.pushMs === undefined) set('push', 'idle', reason('push', $('carillon-push').state === 'on' ? 'nothing arrived' : 'not on this device'));
    if (attempt.inappMs === undefined && attempt.emailMs === undefined) set('router', 'idle', concerned() ? 'nothing to show' : 'decided for others');
  }
}

const WORDS = { inapp: 'on screen', email: 'delivered', push: 'shown' };

/** Whether the notification is the attempt's: a template may have changed the title, so its type counts too. */
function matches({ event }, { title, type }) {
  return title === event.title || (event.type !== undefined && type === event.type);
}

/** A text that the subject of the event's mail holds. */
function traceOf({ title, data }) {
  return title ?? data?.project ?? '\0';
}

/** From the click to the mail server; where the clocks disagree, to the moment it was noticed. */
function elapsed(attempt, { received_at: receivedAt }) {
  const noticed = performance.now() - attempt.startedAt;
  const received = Date.parse(receivedAt) - attempt.at.getTime();
  return received > 0 && received < noticed ? received : noticed;
}
