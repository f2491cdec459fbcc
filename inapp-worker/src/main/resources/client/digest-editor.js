import { el } from './dom.js';
import { EVERY_DAY, dayName } from './quiet-editor.js';
import { t } from './strings.js';
import { toggle } from './toggle.js';

const FREQUENCIES = ['hourly', 'daily', 'weekly', 'monthly', 'never'];
const DAILY = { frequency: 'daily', at: ['08:00'] };
const BRIEFINGS = [['morning_briefing', 'morning', '08:00'], ['evening_update', 'evening', '18:00']];

/** When digests go out, the briefing of the morning and the update of the evening; null where the server has none. */
export function digestEditor(preferences, change) {
  if (preferences.digest === undefined) return null;
  const digest = { ...DAILY, ...preferences.digest };
  const edit = (fields) => change({ digest: { ...digest, ...fields } });
  return el('div', { class: 'section' }, el('div', { class: 'line' }, frequency(digest, edit), ...when(digest, edit)), BRIEFINGS.map((one) => briefing(preferences, one, change)));
}

function frequency({ frequency: chosen }, edit) {
  const option = (value) => el('option', { value, selected: value === chosen }, t(`digest_${value}`));
  const changed = ({ target }) => edit({ frequency: target.value });
  return el('label', { class: 'name' }, t('digest'), ' ', el('select', { id: 'digest-frequency', on: { change: changed } }, FREQUENCIES.map(option)));
}

function when({ frequency: chosen, at = [], weekday, day }, edit) {
  if (chosen === 'never' || chosen === 'hourly') return [];
  const times = at.length ? at : DAILY.at;
  const changed = (place) => ({ target }) => target.value && edit({ at: times.map((time, other) => (other === place ? target.value : time)) });
  const less = (place) => edit({ at: times.filter((_, other) => other !== place) });
  const inputs = times.map((time, place) => el('span', { class: 'time' }, clock(`digest-at-${place}`, t('digestAt'), time, changed(place)),
    times.length > 1 && el('button', { type: 'button', class: 'plain', 'aria-label': `${t('remove')}: ${time}`, on: { click: () => less(place) } }, '×')));
  const more = times.length < 4 && chosen === 'daily' && el('button', { type: 'button', class: 'plain', id: 'digest-more', on: { click: () => edit({ at: [...times, '17:00'] }) } }, t('anotherTime'));
  const select = (id, value, values, name, text) => el('select', { id, 'aria-label': t(name), on: { change: ({ target }) => edit({ [name === 'weekday' ? 'weekday' : 'day']: name === 'weekday' ? target.value : Number(target.value) }) } },
    values.map((one) => el('option', { value: one, selected: one === value }, text(one))));
  const days = Array.from({ length: 31 }, (_, index) => index + 1);
  return [
    chosen === 'weekly' && select('digest-weekday', weekday ?? 'mon', EVERY_DAY, 'weekday', dayName),
    chosen === 'monthly' && select('digest-day', day || 1, days, 'dayOfMonth', (one) => `${one}.`),
    ...inputs,
    more,
  ].filter(Boolean);
}

function briefing(preferences, [field, name, usual], change) {
  const { enabled = false, at = usual } = preferences[field] ?? {};
  const set = (fields) => change({ [field]: { enabled, at, ...fields } });
  return el('div', { class: 'line' }, toggle(field, t(name), enabled, (on) => set({ enabled: on })),
    enabled && clock(`${field}-at`, t('digestAt'), at, ({ target }) => target.value && set({ at: target.value })));
}

function clock(id, name, value, changed) {
  return el('input', { type: 'time', id, value: value.slice(0, 5), required: true, 'aria-label': name, on: { change: changed } });
}
