import { el } from './dom.js';
import { choiceOf, withChoice } from './preference-draft.js';
import { t } from './strings.js';
import { box } from './toggle.js';

export const CHANNELS = [['in_app', 'inApp'], ['email', 'email'], ['push', 'push']];

/** The channels that can be told by digest; a digest in the feed would only repeat it. */
const DIGESTED = new Set(['email', 'push']);

/** More types than these are folded away by category. */
const FLAT = 12;

/**
 * The table of types × channels, by category and name: switches, or where the server offers digests a choice of on, digest
 * and off.
 *
 * @param {Set<string>} unfolded the categories that the user has opened
 * @param {(fields: object) => void} change fields of the preference document
 */
export function choiceMatrix(preferences, types, unfolded, change) {
  if (types.length === 0) return null;
  const head = el('tr', {}, el('th', { scope: 'col' }, t('byType')), CHANNELS.map(([, name]) => el('th', { scope: 'col' }, t(name))));
  const named = types.map((one) => ({ ...one, category: one.category ?? '', label: one.label ?? one.type }));
  named.sort((a, b) => a.category.localeCompare(b.category) || a.label.localeCompare(b.label));
  const row = (one) => typeRow(preferences, one, change);
  const bodies = named.length > FLAT ? folded(named, unfolded, row) : el('tbody', {}, named.map(row));
  return el('table', { class: 'section' }, el('thead', {}, head), bodies);
}

function folded(types, unfolded, row) {
  const categories = [...new Set(types.map(({ category }) => category))];
  return categories.map((category, index) => {
    const rows = types.filter((one) => one.category === category).map(row);
    const body = el('tbody', { id: `category-${index}`, hidden: !unfolded.has(category) }, rows);
    const heading = el('th', { colspan: CHANNELS.length + 1, scope: 'rowgroup' }, fold(category, rows.length, body, unfolded));
    return [el('tbody', {}, el('tr', {}, heading)), body];
  });
}

function fold(category, count, body, unfolded) {
  const press = ({ currentTarget: button }) => {
    body.hidden = !body.hidden;
    if (body.hidden) unfolded.delete(category);
    else unfolded.add(category);
    button.setAttribute('aria-expanded', String(!body.hidden));
  };
  const about = { type: 'button', class: 'fold', id: `fold-${body.id}`, 'aria-expanded': String(!body.hidden), 'aria-controls': body.id };
  return el('button', { ...about, on: { click: press } }, category || t('otherTypes'), el('small', {}, ` ${count}`));
}

function typeRow(preferences, one, change) {
  const digests = preferences.digest !== undefined;
  const cells = CHANNELS.map(([channel, name]) => {
    const choose = (choice) => change({ types: withChoice(preferences, one.type, channel, choice) });
    const about = { 'aria-label': `${one.label}, ${t(name)}`, disabled: Boolean(one.critical) };
    const id = `type-${one.type}-${channel}`;
    const choice = choiceOf(preferences, one, channel);
    const control = digests && DIGESTED.has(channel) ? choices(id, choice, choose, about) : box(id, choice !== 'off', (on) => choose(on ? 'on' : 'off'), about);
    return el('td', {}, control);
  });
  return el('tr', {}, el('th', { scope: 'row' }, one.label, one.category && el('small', {}, one.category)), cells);
}

function choices(id, choice, choose, about) {
  const option = (value) => el('option', { value, selected: value === choice }, t(`choice_${value}`));
  return el('select', { id, ...about, on: { change: ({ target }) => choose(target.value) } }, ['on', 'digest', 'off'].map(option));
}
