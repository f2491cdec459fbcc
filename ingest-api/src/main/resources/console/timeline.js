import { el } from './dom.js';
import { channelName, fullTime, query, shortTime, words } from './format.js';

/** A notification with its steps on each channel. */
export function timeline({ recipient, event, notification, type, source, accepted_at: accepted, channels }) {
  return el('li', { class: 'timeline' },
    el('header', {},
      el('a', { class: 'name', href: `#/search?recipient=${encodeURIComponent(recipient)}` }, recipient),
      el('span', { class: 'code' }, type ?? 'no type'),
      source && el('span', { class: 'hint' }, `from ${source}`),
      el('span', { class: 'space' }),
      el('time', { datetime: accepted, title: fullTime(accepted) }, shortTime(accepted))),
    el('p', { class: 'ids code' }, 'event ', el('a', { href: `#/search?event=${encodeURIComponent(event)}` }, event), ` · notification ${notification}`),
    el('div', { class: 'lanes' }, channels.map((channel) => lane(channel, recipient))));
}

function lane({ channel, state, reason, sentence, until, steps }, recipient) {
  return el('section', { class: 'lane' },
    el('h3', {}, el('span', { class: 'tag', 'data-channel': channel }, channelName(channel)),
      el('span', { class: 'state', 'data-state': state }, words(state)),
      reason !== 'none' && el('span', { class: 'hint' }, words(reason)),
      state === 'dead' && el('a', { class: 'hint', href: `#/letters${query({ channel, recipient })}&state=` }, 'its dead letter')),
    el('p', { class: 'sentence' }, sentence, until && ` Until ${fullTime(until)}.`),
    el('ol', { class: 'steps' }, steps.map(step)));
}

function step({ state, reason, at, until, detail, attempt, warnings = [] }) {
  return el('li', { 'data-state': state },
    el('time', { datetime: at, title: fullTime(at) }, shortTime(at)),
    el('strong', {}, words(state)),
    el('span', {}, [
      reason !== 'none' && words(reason),
      attempt && `attempt ${attempt}`,
      until && `until ${fullTime(until)}`,
      detail,
      ...warnings,
    ].filter(Boolean).join(' · ')));
}
