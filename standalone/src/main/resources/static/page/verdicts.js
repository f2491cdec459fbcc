import { milliseconds, timeOfDay } from './format.js';
import { reasonText } from './reasons.js';

/** States after which nothing more happens on a channel. */
const FINAL = new Set(['sent', 'suppressed', 'skipped', 'merged', 'replaced', 'cancelled', 'expired', 'dead',
  'seen', 'read', 'clicked', 'dismissed', 'acted', 'archived', 'unsubscribed']);

/** So long after the answer an event without any outcome counts as one that reaches nobody, in milliseconds. */
const PATIENCE = 2_000;

const DONE = { inapp: 'sent to the feed', email: 'delivered', push: 'accepted' };

/**
 * What a channel's latest step means to people.
 *
 * @param {{state: string, reason: string, until?: string}} step
 * @param {{ms?: number, zone?: string, now?: number}} context `ms`: how long it took to arrive, where that is known
 * @returns {{state: 'done'|'idle'|'busy'|'failed', text: string, ms?: number}} `text` without the time it took
 */
export function verdict(channel, step, { ms, zone, now = Date.now() } = {}) {
  const why = reasonText(step.reason);
  switch (step.state) {
    case 'routed':
      if (channel !== 'inapp') return { state: 'busy', text: 'on its way' };
      return ms === undefined ? { state: 'done', text: DONE.inapp } : { state: 'done', text: 'on screen', ms };
    case 'sent':
      return { state: 'done', text: DONE[channel] ?? 'sent', ms };
    case 'seen':
    case 'read':
    case 'clicked':
    case 'dismissed':
    case 'archived':
    case 'unsubscribed':
      return { state: 'done', text: step.state };
    case 'held':
      if (step.reason === 'fallback') return { state: 'held', text: why };
      return { state: 'held', text: `held until ${timeOfDay(step.until, zone, now)}${step.reason === 'quiet_hours' ? '' : ` (${why})`}` };
    case 'retrying':
      return { state: 'busy', text: `${why}, again at ${timeOfDay(step.until, zone, now, true)}` };
    case 'dead':
      return { state: 'failed', text: `failed: ${why}` };
    case 'merged':
      return { state: 'idle', text: 'part of a summary' };
    case 'cancelled':
      return { state: 'idle', text: 'cancelled' };
    default:
      return { state: 'idle', text: why || step.state };
  }
}

/**
 * One verdict for several recipients: `2 delivered · 1 held until 07:00`; the one sentence where all agree. Whom nothing
 * was sent to counts only where that is true of all.
 */
export function summary(verdicts) {
  if (verdicts.length === 0) return { state: 'idle', text: 'nothing to do' };
  const active = verdicts.filter(({ state }) => state !== 'idle');
  const counts = new Map();
  for (const { text } of active.length > 0 ? active : verdicts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const states = new Set(verdicts.map(({ state }) => state));
  const state = ['failed', 'busy', 'done', 'held', 'idle'].find((one) => states.has(one));
  if (counts.size > 1) return { state, text: [...counts].map(([text, count]) => `${count} ${text}`).join(' · ') };
  if (active.length > 0 && active.length < verdicts.length) return { state, text: `${active.length} ${active[0].text}` };
  const [only] = verdicts;
  const took = verdicts.length === 1 && only.ms !== undefined ? ` in ${milliseconds(only.ms)}` : '';
  return { state, text: `${only.text}${took}` };
}

/** What the router made of an attempt that was accepted. */
export function routerVerdict({ repeat, story, acceptedAt }, now) {
  if (repeat && story?.passed) return { state: 'done', text: 'already known: nobody is told again' };
  const told = story?.recipients.length ?? 0;
  if (!repeat && told > 0) return { state: 'done', text: told === 1 ? 'decided' : `decided for ${told}` };
  if (story?.passed && now - acceptedAt >= PATIENCE) return { state: 'idle', text: 'nobody reached' };
  return { state: 'busy', text: 'deciding…' };
}

/** Whether nothing more will become known of an attempt. */
export function isSettled(attempt, now) {
  if (attempt.error) return true;
  if (routerVerdict(attempt, now).state === 'busy') return false;
  if (attempt.repeat) return true;
  return attempt.story.recipients.every(({ channels }) =>
    Object.entries(channels).every(([channel, { state }]) => FINAL.has(state) || (channel === 'inapp' && state === 'routed')),
  );
}
