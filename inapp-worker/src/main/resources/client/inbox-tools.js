import { el } from './dom.js';
import { DATES, PRIORITIES, VIEWS } from './feed-query.js';
import { t } from './strings.js';

/** Pause in typing after which the search runs, in milliseconds. */
const TYPING = 250;

/** Views, search and filters of the inbox; `change` is called with what the user chose. */
export class InboxTools {
  #change;
  #views = el('div', { class: 'views', role: 'group', 'aria-label': t('views') });
  #filters = el('div', { class: 'filters', role: 'group', 'aria-label': t('filters') });
  #typing = 0;
  #types = [];
  element;

  /** @param {(fields: object) => void} change fields of a {@link FeedQuery} */
  constructor(change) {
    this.#change = change;
    const search = el('input', { type: 'search', placeholder: t('search'), 'aria-label': t('search'), maxlength: 200, on: { input: () => this.#typed(search.value) } });
    this.element = el('div', { class: 'tools' }, this.#views, search, this.#filters);
  }

  /** @param {{name: string, label?: string, category?: string}[]} types */
  offer(types, query) {
    this.#types = types;
    this.#filters.replaceChildren();
    this.show(query);
  }

  show(query) {
    const focused = this.#views.getRootNode().activeElement?.dataset?.view;
    this.#views.replaceChildren(...Object.keys(VIEWS).map((view) => this.#view(view, view === query.view)));
    if (focused) this.#views.querySelector(`[data-view=${focused}]`).focus();
    if (!this.#filters.firstChild) this.#filters.append(...this.#selects(query));
  }

  #view(view, pressed) {
    return el('button', { type: 'button', 'data-view': view, 'aria-pressed': String(pressed), on: { click: () => this.#change({ view }) } }, t(view));
  }

  #selects({ type, category, date, priority }) {
    const categories = [...new Set(this.#types.map((one) => one.category).filter(Boolean))].sort();
    return [
      this.#select('type', type, this.#types.map(({ name, label }) => [name, label ?? name])),
      this.#select('category', category, categories.map((name) => [name, name])),
      this.#select('date', date, DATES.map((name) => [name, t(`date_${name}`)])),
      this.#select('priority', priority, PRIORITIES.map((name) => [name, t(`priority_${name}`)])),
    ];
  }

  /** A select that says what it is about while it narrows nothing; none where there is nothing to choose. */
  #select(field, value, options) {
    if (options.length < 2) return '';
    const changed = ({ target }) => this.#change({ [field]: target.value });
    const choices = [['', t(`any_${field}`)], ...options].map(([name, text]) => el('option', { value: name, selected: name === value }, text));
    return el('select', { 'aria-label': t(`by_${field}`), on: { change: changed } }, choices);
  }

  #typed(q) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#change({ q }), TYPING);
  }
}
