import { el, field, problem } from './dom.js';
import { eventRow, eventsTable } from './events-table.js';
import { instantOf, query } from './format.js';
import { Page } from './page.js';

const PATH = '/api/v1/ops/activity';
const FILTERS = [
  ['type', 'Type', 'any'],
  ['actor', 'Actor', 'anybody'],
  ['subject', 'Subject', 'invoice:1'],
  ['source', 'Source', 'any'],
];

/** What the applications that publish told Carillon of, newest first, also what nobody was to be told of. */
export class ActivityPage extends Page {
  #error = problem();
  #rows = el('tbody');
  #empty = el('p', { class: 'empty', hidden: true }, el('strong', {}, 'Nothing matches.'), 'Try a wider filter, or an earlier time.');
  #more = el('button', { class: 'ghost', type: 'button', hidden: true }, 'Show more');
  #cursor = '';
  #form;

  render() {
    this.#form = this.#filters();
    this.#more.addEventListener('click', () => this.#load(true));
    this.replaceChildren(
      el('div', { class: 'intro' },
        el('h1', {}, 'Activity'),
        el('p', {}, 'The events that were accepted: who did what to what. Their texts and data are not kept here.')),
      el('section', { class: 'card', 'aria-label': 'Events' },
        this.#form, this.#error,
        eventsTable(this.#rows),
        this.#empty,
        el('div', { class: 'actions' }, this.#more)));
    this.#load(false);
  }

  #filters() {
    const given = (name) => this.parameters.get(name) ?? '';
    const form = el('form', { class: 'filters', role: 'search', 'aria-label': 'Filter' },
      FILTERS.map(([name, label, placeholder]) => field(label,
        el('input', { name, value: given(name), placeholder, autocomplete: 'off', spellcheck: 'false', maxlength: 257 }))),
      field('From', el('input', { name: 'from', type: 'datetime-local', step: 1, value: given('from') })),
      field('To', el('input', { name: 'to', type: 'datetime-local', step: 1, value: given('to') })),
      el('button', { class: 'ghost', type: 'submit' }, 'Filter'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      // The address shows the filter, so that it can be sent to a colleague.
      history.replaceState(null, '', `#/activity${query(this.#values())}`);
      this.#load(false);
    });
    return form;
  }

  #values() {
    return Object.fromEntries([...new FormData(this.#form)].map(([name, value]) => [name, String(value).trim()]));
  }

  async #load(next) {
    this.#error.show(null);
    const { from, to, ...values } = this.#values();
    const asked = query({ ...values, from: instantOf(from), to: instantOf(to), limit: 50, cursor: next ? this.#cursor : '' });
    try {
      const page = await this.api.get(PATH + asked);
      const rows = page.events.map(eventRow);
      if (next) this.#rows.append(...rows);
      else this.#rows.replaceChildren(...rows);
      if (next) rows[0]?.querySelector('a')?.focus();
      this.#cursor = page.next_cursor ?? '';
      this.#more.hidden = !this.#cursor;
      this.#empty.hidden = this.#rows.childElementCount > 0;
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }
}
