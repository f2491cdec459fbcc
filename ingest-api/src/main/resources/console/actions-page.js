import { el, problem } from './dom.js';
import { ago, fullTime, number, query, words } from './format.js';
import { holdActions } from './hold-actions.js';
import { Page } from './page.js';

const PATH = '/api/v1/ops/dead-letters/actions';

/** What operators did with dead letters, and replays that are running. */
export class ActionsPage extends Page {
  #error = problem();
  #rows = el('tbody');
  #empty = el('p', { class: 'empty', hidden: true }, el('strong', {}, 'Nothing was done yet.'));
  #more = el('button', { class: 'ghost', type: 'button', hidden: true }, 'Show more');
  #cursor = '';
  #running = false;

  async render() {
    this.#more.addEventListener('click', () => this.#load({ next: true }));
    this.replaceChildren(
      el('div', { class: 'intro' }, el('h1', {}, 'Audit'), el('p', {}, 'Who replayed, discarded, released or cancelled what.')),
      el('section', { class: 'card' }, this.#error,
        el('div', { class: 'scroll' }, el('table', {},
          el('thead', {}, el('tr', {}, ['When', 'Who', 'What', 'Which', 'Result', ''].map((name) => el('th', { scope: 'col' }, name)))), this.#rows)),
        this.#empty, el('div', { class: 'actions' }, this.#more)),
      holdActions(this.api));
    await this.#load({});
    this.every(2_000, () => this.#running && this.#load({ background: true }));
  }

  async #load({ next = false, background = false }) {
    try {
      const page = await this.api.get(PATH + query({ limit: 50, cursor: next ? this.#cursor : '' }), { background });
      const rows = page.actions.map((action) => this.#row(action));
      if (next) this.#rows.append(...rows);
      else this.#rows.replaceChildren(...rows);
      this.#cursor = page.next_cursor ?? '';
      this.#more.hidden = !this.#cursor;
      this.#empty.hidden = this.#rows.childElementCount > 0;
      this.#running = page.actions.some(({ state }) => state === 'running');
      this.#error.show(null);
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }

  #row(action) {
    const obsolete = action.obsolete ? `, ${number(action.obsolete)} not any more` : '';
    return el('tr', {},
      el('td', { title: fullTime(action.at) }, ago(action.at)),
      el('td', {}, action.by),
      el('td', {}, el('strong', {}, words(action.kind)), action.reason && el('small', {}, action.reason)),
      el('td', { class: 'code' }, which(action)),
      el('td', {}, el('span', { class: 'state', 'data-state': action.state }, words(action.state)), ` ${number(action.done)}${obsolete}`, action.stopped_by && el('small', {}, `stopped by ${action.stopped_by}`)),
      el('td', {}, action.state === 'running' && el('button', { class: 'ghost small', type: 'button', on: { click: () => this.#stop(action) } }, 'Stop')));
  }

  async #stop(action) {
    try {
      await this.api.post(`${PATH}/${action.id}/stop`);
    } catch (refusal) {
      this.#error.show(refusal);
    }
    await this.#load({});
  }
}

function which({ letter, filter = {}, per_second: rate }) {
  if (letter) return el('a', { href: `#/letter?id=${letter}` }, `letter ${letter}`);
  const parts = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  return `${parts.join(', ') || 'all'}${rate ? ` · ${rate}/s` : ''}`;
}
