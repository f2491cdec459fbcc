import { el } from './dom.js';
import { ago, fullTime, query } from './format.js';

const COLUMNS = ['When', 'Type', 'Actor', 'About', 'From', 'Told'];

/** Accepted events: who did what to what. */
export function eventsTable(rows) {
  return el('div', { class: 'scroll' }, el('table', { class: 'events' },
    el('thead', {}, el('tr', {}, COLUMNS.map((name) => el('th', { scope: 'col' }, name)))),
    rows));
}

export function eventRow({ event, accepted_at: at, source, id, type, actor, subjects = [], log_only: logOnly }) {
  return el('tr', {},
    el('td', {}, el('a', { href: `#/search${query({ event })}`, title: fullTime(at) }, ago(at))),
    el('td', { class: 'code' }, type ?? '–'),
    el('td', {}, actor ? [actor.name ?? actor.id, actor.name && el('small', { class: 'code' }, actor.id)] : '–'),
    el('td', {}, subjects.length
      ? subjects.map((subject) => el('div', {}, subject.name ?? '', ' ', el('span', { class: 'code' }, `${subject.type}:${subject.id}`)))
      : '–'),
    el('td', { class: 'why' }, source, el('small', { class: 'code' }, id)),
    el('td', {}, logOnly ? 'nobody' : 'people'));
}
