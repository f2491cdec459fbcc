import { el } from './dom.js';
import { choiceOf, withChoice } from './preference-draft.js';
import { t } from './strings.js';
import { box } from './toggle.js';

export const CHANNELS = [['in_app', 'inApp'], ['email', 'email'], ['push', 'push']];

/** The channels that can be told by digest; a digest in the feed would only repeat it. */
const DIGESTED = new Set(['email', 'push']);

/**
 * The table of types × channels: switches, or where the server offers digests a choice of on, digest and off.
 *
 * @param {(fields: object) => void} change fields of the preference document
 */
export function choiceMatrix(preferences, types, change) {
  if (types.length === 0) return null;
  const digests = preferences.digest !== undefined;
  const head = el('tr', {}, el('th', { scope: 'col' }, t('byType')), CHANNELS.map(([, name]) => el('th', { scope: 'col' }, t(name))));
  const rows = types.map((one) => {
    const label = one.label ?? one.type;
    const cells = CHANNELS.map(([channel, name]) => {
      const choose = (choice) => change({ types: withChoice(preferences, one.type, channel, choice) });
      const about = { 'aria-label': `${label}, ${t(name)}`, disabled: Boolean(one.critical) };
      const id = `type-${one.type}-${channel}`;
      const choice = choiceOf(preferences, one, channel);
      const control = digests && DIGESTED.has(channel) ? choices(id, choice, choose, about) : box(id, choice !== 'off', (on) => choose(on ? 'on' : 'off'), about);
      return el('td', {}, control);
    });
    return el('tr', {}, el('th', { scope: 'row' }, label, one.category && el('small', {}, one.category)), cells);
  });
  return el('table', { class: 'section' }, el('thead', {}, head), el('tbody', {}, rows));
}

function choices(id, choice, choose, about) {
  const option = (value) => el('option', { value, selected: value === choice }, t(`choice_${value}`));
  return el('select', { id, ...about, on: { change: ({ target }) => choose(target.value) } }, ['on', 'digest', 'off'].map(option));
}
