import { el } from './dom.js';
import { dayAndTime, quietUntil } from './quiet-hours.js';
import { language, t } from './strings.js';
import { toggle } from './toggle.js';

export const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SILENCED = ['email', 'push'];
const NIGHT = { days: EVERY_DAY, start: '22:00', end: '07:00', channels: SILENCED };
const HOUR = 3_600_000;

/** The first quiet window as a form; further ones are kept as they are. */
export function quietEditor(preferences, change) {
  const { quiet_hours: windows = [], time_zone: zone } = preferences;
  const [window, ...others] = windows;
  const quiet = quietUntil(preferences);
  const flip = (on) => change({ quiet_hours: on ? [NIGHT] : [], time_zone: zone ?? localZone() });
  const edit = (fields) => change({ quiet_hours: [{ ...window, ...fields }, ...others] });
  return el(
    'div',
    { class: 'section' },
    el('div', { class: 'line' }, toggle('quiet', t('quietHours'), Boolean(window), flip), quiet && el('span', { class: 'chip' }, t('quietUntil', quiet.end))),
    window && fields(window, edit, zone),
  );
}

function fields(window, edit, zone) {
  const { days, channels } = { ...window, days: some(window.days, EVERY_DAY), channels: some(window.channels, SILENCED) };
  const time = (id, name) => {
    const changed = ({ target }) => target.value && target.value !== window[id === 'start' ? 'end' : 'start'] && edit({ [id]: target.value });
    return el('label', {}, t(name), el('input', { type: 'time', id: `quiet-${id}`, value: window[id], required: true, on: { change: changed } }));
  };
  const day = (id) => press(`day-${id}`, dayName(id), days.includes(id), () => edit({ days: some(flipped(days, id), days) }));
  const channel = (id) => press(`quiet-${id}`, t(id), channels.includes(id), () => edit({ channels: some(flipped(channels, id), channels) }));
  const now = () => edit({ start: dayAndTime(Date.now() - HOUR, zone).time, end: dayAndTime(Date.now() + HOUR, zone).time, days: EVERY_DAY });
  return [
    el('div', { class: 'line' }, time('start', 'from'), time('end', 'to'), el('button', { type: 'button', class: 'plain', id: 'quiet-now', on: { click: now } }, t('quietNow'))),
    el('div', { class: 'line tight', role: 'group', 'aria-label': t('days') }, EVERY_DAY.map(day)),
    el('div', { class: 'line tight', role: 'group', 'aria-label': t('quietChannels') }, SILENCED.map(channel), el('small', {}, zone ?? t('defaultZone'))),
  ];
}

function press(id, name, pressed, click) {
  return el('button', { type: 'button', class: 'press', id, 'aria-pressed': String(pressed), on: { click } }, name);
}

/** The list, or what stands for an empty one. */
function some(list, instead) {
  return list?.length ? list : instead;
}

function flipped(list, value) {
  return list.includes(value) ? list.filter((one) => one !== value) : EVERY_DAY.concat(SILENCED).filter((one) => one === value || list.includes(one));
}

/** The weekday's short name in the page's language. */
export function dayName(id) {
  const monday = Date.UTC(2026, 0, 5);
  const date = monday + EVERY_DAY.indexOf(id) * 24 * HOUR;
  return new Intl.DateTimeFormat(language(), { weekday: 'short', timeZone: 'UTC' }).format(date);
}

function localZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
