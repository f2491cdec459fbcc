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
const DEAD = 'Dead';

export const INGEST = [['Accepted /s', rate('arriving_per_second')], ['Waiting', (lane) => records(lane.waiting)]];
export const QUEUE = [ARRIVING, DONE, WAITING];
export const QUEUE_WITH_RETRIES = [...QUEUE, FAILING, RETRIES];

/** A place of the drawing. It is made once and then only its texts change: who reads or tabs in it stays where they are. */
export class Place {
  #columns;
  #rows = new Map();
  #body = el('tbody');
  #title;
  #dead;
  #letters;
  element;

  constructor(title, columns, deadOf) {
    this.#columns = columns;
    this.#title = title;
    this.#letters = `#/letters${query({ channel: deadOf })}`;
    this.#dead = el('a', { class: 'died', href: this.#letters });
    this.element = el('div', { class: 'place' },
      el('div', { class: 'head' }, el('h2', {}, title), el('span', { class: 'space' }), this.#dead),
      el('table', { 'aria-label': title },
        el('thead', {}, el('tr', {}, ['Lane', ...columns.map(([name]) => name), DEAD].map((name) => el('th', { scope: 'col' }, name)))),
        this.#body));
  }

  /** `lanes` are names with what is known of each; `state` is left out where nothing is to be said, `dead` where no letters can be. */
  show(lanes, dead) {
    for (const { name, lane, state } of lanes) {
      const row = this.#rows.get(name) ?? this.#row(name, lane);
      row.cells.forEach((cell, index) => put(cell, this.#columns[index][1](lane)));
      put(row.dead, records(lane.dead));
      row.dead.classList.toggle('some', lane.dead > 0);
      put(row.state, state?.text ?? '');
      row.state.hidden = !state;
      row.state.dataset.state = state?.code ?? '';
    }
    this.element.classList.toggle('moving', lanes.some(({ lane }) => lane.arriving_per_second > 0));
    put(this.#dead, dead === 0 ? 'no dead letters' : dead === 1 ? '1 dead letter' : `${number(dead)} dead letters`);
    this.#dead.classList.toggle('some', dead > 0);
  }

  #row(name, lane) {
    const cells = this.#columns.map(([column]) => cell(column));
    const dead = lane.dead === undefined
      ? el('span')
      : el('a', { href: this.#letters, title: `Dead letters of ${this.#title}` });
    const state = el('span', { class: 'state', hidden: true });
    this.#body.append(el('tr', {}, el('th', { scope: 'row' }, name, state), cells, cell(DEAD, dead)));
    const row = { cells, dead, state };
    this.#rows.set(name, row);
    return row;
  }
}

/** Says the name of its column too, for narrow screens that have no room for a head. */
function cell(column, ...children) {
  return el('td', { class: 'num', 'data-column': column }, children);
}

/** Leaves alone what has not changed. */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
