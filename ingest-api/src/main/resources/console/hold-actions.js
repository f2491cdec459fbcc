import { el, problem } from './dom.js';
import { ago, fullTime, number, query, words } from './format.js';

/** A card of what operators released and cancelled; it is not there where they did neither. */
export function holdActions(api) {
  const error = problem();
  const rows = el('tbody');
  const more = el('button', { class: 'ghost', type: 'button', hidden: true }, 'Show more');
  const card = el('section', { class: 'card hold-actions', hidden: true }, el('h2', {}, 'What waited'), error,
    el('div', { class: 'scroll' }, el('table', {},
      el('thead', {}, el('tr', {}, ['When', 'Who', 'What', 'Whose', 'Result'].map((name) => el('th', { scope: 'col' }, name)))), rows)),
    el('div', { class: 'actions' }, more));
  let cursor = '';
  const load = async () => {
    try {
      const page = await api.get(`/api/v1/ops/hold-actions${query({ limit: 50, cursor })}`);
      rows.append(...page.actions.map(row));
      cursor = page.next_cursor ?? '';
      more.hidden = !cursor;
      error.show(null);
    } catch (refusal) {
      error.show(refusal);
    }
    card.hidden = rows.childElementCount === 0 && error.hidden;
  };
  more.addEventListener('click', load);
  load();
  return card;
}

function row({ at, by, change, reason, recipient, state, notifications }) {
  return el('tr', {},
    el('td', { title: fullTime(at) }, ago(at)),
    el('td', {}, by),
    el('td', {}, el('strong', {}, words(change)), reason && el('small', {}, reason)),
    el('td', {}, el('a', { href: `#/search${query({ recipient })}` }, recipient)),
    el('td', {}, el('span', { class: 'state', 'data-state': state }, words(state)), ` ${number(notifications)}`));
}
