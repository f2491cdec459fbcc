import { el, field, problem } from './dom.js';
import { query } from './format.js';
import { Holds } from './holds.js';
import { Page } from './page.js';
import { timeline } from './timeline.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What became of an event, or of everything for a recipient. */
export class SearchPage extends Page {
  #error = problem();
  #list = el('ol', { class: 'timelines' });
  #empty = el('p', { class: 'empty', hidden: true });
  #more = el('button', { class: 'ghost', type: 'button', hidden: true }, 'Show more');
  #holds = null;
  #path = '';
  #cursor = '';

  render() {
    this.#holds = new Holds(this.api, (text) => this.say(text));
    const asked = this.parameters.get('event') ?? this.parameters.get('recipient') ?? '';
    const input = el('input', { name: 'q', value: asked, required: true, autocomplete: 'off', spellcheck: 'false', maxlength: 128, placeholder: 'ada, or 3f2a…-…' });
    const form = el('form', { class: 'find', role: 'search' },
      field('A recipient’s id, or an event’s uid', input),
      el('button', { class: 'primary', type: 'submit' }, 'Search'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (!text) return;
      const kind = UUID.test(text) ? 'event' : 'recipient';
      history.replaceState(null, '', `#/search${query({ [kind]: text })}`);
      this.#search(kind, text);
    });
    this.#more.addEventListener('click', () => this.#load());
    this.replaceChildren(
      el('div', { class: 'intro' }, el('h1', {}, 'Search'), el('p', {}, 'Why somebody was told, or was not: every step, on every channel.')),
      el('section', { class: 'card' }, form, this.#error, this.#holds.element, this.#list, this.#empty, el('div', { class: 'actions' }, this.#more)));
    if (asked) this.#search(this.parameters.has('event') ? 'event' : 'recipient', asked);
    else input.focus();
  }

  async #search(kind, text) {
    const id = encodeURIComponent(text);
    this.#path = kind === 'event' ? `/api/v1/events/${id}` : `/api/v1/ops/recipients/${id}/timeline`;
    this.#cursor = '';
    this.#list.replaceChildren();
    if (kind === 'recipient') this.#holds.show(text);
    else this.#holds.hide();
    await this.#load();
  }

  async #load() {
    this.#error.show(null);
    this.#empty.hidden = true;
    try {
      const page = await this.api.get(this.#path + query({ limit: 20, cursor: this.#cursor }));
      this.#list.append(...page.notifications.map(timeline));
      this.#cursor = page.next_cursor ?? '';
      this.#more.hidden = !this.#cursor;
      this.#nothing(this.#list.childElementCount === 0);
    } catch (refusal) {
      this.#more.hidden = true;
      if (refusal.status === 404) this.#nothing(true);
      else this.#error.show(refusal);
    }
  }

  #nothing(empty) {
    this.#empty.hidden = !empty;
    this.#empty.replaceChildren(el('strong', {}, 'Nothing is known.'), 'It reached nobody, is too old, or there is no such id.');
  }
}
