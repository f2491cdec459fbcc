import { el, field, problem } from './dom.js';
import { eventRow, eventsTable } from './events-table.js';
import { query } from './format.js';
import { Holds } from './holds.js';
import { Page } from './page.js';
import { timeline } from './timeline.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What became of an event, or of everything for a recipient. */
export class SearchPage extends Page {
  #error = problem();
  #list = el('ol', { class: 'timelines' });
  #empty = el('div', { class: 'empty', hidden: true });
  #more = el('button', { class: 'ghost', type: 'button', hidden: true }, 'Show more');
  #holds = null;
  #question = {};
  #cursor = '';

  render() {
    this.#holds = new Holds(this.api, (text) => this.say(text));
    const { event, recipient, source, id } = Object.fromEntries(this.parameters);
    const asked = event ?? recipient ?? (source && id ? `${source} ${id}` : '');
    const input = el('input', { name: 'q', value: asked, required: true, autocomplete: 'off', spellcheck: 'false', maxlength: 257, placeholder: 'ada, 3f2a…-…, or billing inv-1' });
    const form = el('form', { class: 'find', role: 'search' },
      field('A recipient’s id, an event’s uid, or its source and its id there', input),
      el('button', { class: 'primary', type: 'submit' }, 'Search'));
    form.addEventListener('submit', (submitted) => {
      submitted.preventDefault();
      const text = input.value.trim();
      if (!text) return;
      const question = questionOf(text);
      history.replaceState(null, '', `#/search${query(question)}`);
      this.#search(question);
    });
    this.#more.addEventListener('click', () => this.#load());
    this.replaceChildren(
      el('div', { class: 'intro' }, el('h1', {}, 'Search'), el('p', {}, 'Why somebody was told, or was not: every step, on every channel.')),
      el('section', { class: 'card' }, form, this.#error, this.#holds.element, this.#list, this.#empty, el('div', { class: 'actions' }, this.#more)));
    if (event) this.#search({ event });
    else if (recipient) this.#search({ recipient });
    else if (asked) this.#search({ source, id });
    else input.focus();
  }

  async #search(question) {
    this.#question = question;
    this.#cursor = '';
    this.#list.replaceChildren();
    if (question.recipient) this.#holds.show(question.recipient);
    else this.#holds.hide();
    await this.#load();
  }

  async #load() {
    this.#error.show(null);
    this.#empty.hidden = true;
    try {
      const page = await this.api.get(pathOf(this.#question, { limit: 20, cursor: this.#cursor }));
      this.#list.append(...page.notifications.map(timeline));
      this.#cursor = page.next_cursor ?? '';
      this.#more.hidden = !this.#cursor;
      if (this.#list.childElementCount === 0) await this.#nothing();
    } catch (refusal) {
      this.#more.hidden = true;
      if (refusal.status === 404) await this.#nothing();
      else this.#error.show(refusal);
    }
  }

  /** An event that reached nobody was accepted nevertheless: the log has it. */
  async #nothing() {
    const question = this.#question;
    try {
      const logged = question.recipient ? [] : (await this.api.get(`/api/v1/ops/activity${query(question)}`)).events;
      if (question !== this.#question) return;
      this.#empty.replaceChildren(...(logged.length ? toldNobody(logged[0]) : unknown()));
      this.#empty.hidden = false;
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }
}

/** Ids have no spaces: two words are a source and what it calls the event. */
function questionOf(text) {
  if (UUID.test(text)) return { event: text };
  const [, source, id] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  return source ? { source, id } : { recipient: text };
}

function pathOf({ event, recipient, source, id }, page) {
  if (event) return `/api/v1/events/${encodeURIComponent(event)}${query(page)}`;
  if (recipient) return `/api/v1/ops/recipients/${encodeURIComponent(recipient)}/timeline${query(page)}`;
  return `/api/v1/events/find${query({ source, id, ...page })}`;
}

function unknown() {
  return [el('strong', {}, 'Nothing is known.'), 'It reached nobody, is too old, or there is no such id.'];
}

function toldNobody(event) {
  const words = event.log_only ? 'It was for the log alone.' : 'It reached nobody, or what became of it is not kept.';
  return [el('strong', {}, 'No notification of this event is known.'), words, eventsTable(el('tbody', {}, eventRow(event)))];
}
