import { el } from './dom.js';
import { number, query } from './format.js';
import { records } from './flow-state.js';

/** Columns are pairs of a name and of what says its text for a lane. */
const rate = (name) => (lane) => records(lane[name], lane.counts_commits);
const ARRIVING = ['In /s', rate('arriving_per_second')];
const DONE = ['Out /s', rate('done_per_second')];
const WAITING = ['Waiting', (lane) => records(lane.waiting, lane.counts_commits)];
const RETRIES = ['Retries', (lane) => records(lane.retrying)];
const FAILING = ['Failing /s', (lane) => records(lane.failing_per_second)];

export const INGEST = [['Accepted /s', rate('arriving_per_second')], ['Waiting', (lane) => records(lane.waiting)]];
export const QUEUE = [ARRIVING, DONE, WAITING];
export const QUEUE_WITH_RETRIES = [...QUEUE, FAILING, RETRIES];

/** A place of the drawing. It is made once and then only its texts change: who reads or tabs in it stays where they are. */
export class Place {
  #columns;
  #rows = new Map();
  #body = el('tbody');
  #dead;
  element;

  constructor(title, columns, deadOf) {
    this.#columns = columns;
    this.#dead = el('a', { class: 'died', href: `#/letters${query({ channel: deadOf })}` });
    this.element = el('div', { class: 'place' },
      el('div', { class: 'head' }, el('h2', {}, title), el('span', { class: 'space' }), this.#dead),
      el('table', { 'aria-label': title },
        el('thead', {}, el('tr', {}, ['Lane', ...columns.map(([name]) => name)].map((name) => el('th', { scope: 'col' }, name)))),
        this.#body));
  }

  /** `lanes` are pairs of a name and what is known of it; `state` is left out where nothing is to be said. */
  show(lanes, dead) {
    for (const { name, lane, state } of lanes) {
      const row = this.#rows.get(name) ?? this.#row(name);
      row.cells.forEach((cell, index) => put(cell, this.#columns[index][1](lane)));
      put(row.state, state?.text ?? '');
      row.state.hidden = !state;
      row.state.dataset.state = state?.code ?? '';
    }
    this.element.classList.toggle('moving', lanes.some(({ lane }) => lane.arriving_per_second > 0));
    put(this.#dead, dead === 0 ? 'no dead letters' : dead === 1 ? '1 dead letter' : `${number(dead)} dead letters`);
    this.#dead.classList.toggle('some', dead > 0);
  }

  #row(name) {
    const cells = this.#columns.map(() => el('td', { class: 'num' }));
    const state = el('span', { class: 'state', hidden: true });
    this.#body.append(el('tr', {}, el('th', { scope: 'row' }, name, state), cells));
    const row = { cells, state };
    this.#rows.set(name, row);
    return row;
  }
}

/** Leaves alone what has not changed. */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
