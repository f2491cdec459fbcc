import { ask } from './ask.js';
import { el, field, problem } from './dom.js';
import { ago, fullTime, number, query, words } from './format.js';
import { Page } from './page.js';

const PATH = '/api/v1/ops/privacy-requests';
const STATES = { running: 'retrying', done: 'done', overtaken: 'obsolete' };

/** Exports and erasures of recipients: begun here, and how far every service is with them. */
export class PrivacyPage extends Page {
  #error = problem();
  #rows = el('tbody');
  #empty = el('p', { class: 'empty', hidden: true }, el('strong', {}, 'Nobody has asked yet.'));
  #more = el('button', { class: 'ghost', type: 'button', hidden: true }, 'Show more');
  #chosen = el('div', { class: 'below' });
  #cursor = '';
  #running = false;

  async render() {
    this.#more.addEventListener('click', () => this.#load({ next: true }));
    this.replaceChildren(
      el('div', { class: 'intro' },
        el('h1', {}, 'Privacy'),
        el('p', {}, 'Everything that is kept of somebody, told or erased. A request is done when every service has answered.')),
      el('section', { class: 'card', 'aria-label': 'Requests' },
        this.#begin(), this.#error,
        el('div', { class: 'scroll' }, el('table', { class: 'requests' },
          el('thead', {}, el('tr', {}, ['When', 'What', 'Recipient', 'By', 'State'].map((name) => el('th', { scope: 'col' }, name)))),
          this.#rows)),
        this.#empty,
        el('div', { class: 'actions' }, this.#more)),
      this.#chosen);
    await this.#load({});
    this.every(2_000, () => this.#running && this.#load({ background: true }));
  }

  #begin() {
    const input = el('input', { name: 'recipient', required: true, autocomplete: 'off', spellcheck: 'false', maxlength: 128, placeholder: 'ada' });
    const form = el('form', { class: 'find two' },
      field('A recipient’s id', input),
      el('button', { class: 'primary', type: 'submit', value: 'export' }, 'Export'),
      el('button', { class: 'ghost danger', type: 'submit', value: 'erase' }, 'Erase…'));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const id = input.value.trim();
      const begin = (what) => this.api.post(`/api/v1/ops/recipients/${encodeURIComponent(id)}/${what}`);
      try {
        const request = event.submitter?.value === 'erase' ? await erase(id, () => begin('erase')) : await begin('export');
        if (request) location.hash = `#/privacy${query({ id: request.id })}`;
      } catch (refusal) {
        this.#error.show(refusal);
      }
    });
    return form;
  }

  async #load({ next = false, background = false }) {
    try {
      const page = await this.api.get(PATH + query({ limit: 50, cursor: next ? this.#cursor : '' }), { background });
      const rows = page.requests.map((request) => this.#row(request));
      if (next) this.#rows.append(...rows);
      else this.#rows.replaceChildren(...rows);
      this.#cursor = page.next_cursor ?? '';
      this.#more.hidden = !this.#cursor;
      this.#empty.hidden = this.#rows.childElementCount > 0;
      this.#running = page.requests.some(({ state }) => state === 'running');
      if (this.parameters.has('id')) await this.#show(this.parameters.get('id'), background);
      this.#error.show(null);
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }

  #row(request) {
    const { id, kind, at, by } = request;
    const chosen = id === this.parameters.get('id') ? 'true' : null;
    return el('tr', {},
      el('td', {}, el('a', { href: `#/privacy${query({ id })}`, title: fullTime(at), 'aria-current': chosen }, ago(at))),
      el('td', {}, words(kind)),
      el('td', { class: 'code' }, who(request)),
      el('td', {}, by),
      el('td', {}, state(request)));
  }

  async #show(id, background) {
    const request = await this.api.get(`${PATH}/${encodeURIComponent(id)}`, { background });
    const { kind, services = [], remaining = [], document: path } = request;
    this.#chosen.replaceChildren(el('section', { class: 'card', 'aria-label': 'The request' },
      el('div', { class: 'head' },
        el('h2', {}, `${kind === 'erase' ? 'Erasure' : 'Export'} of `, el('span', { class: 'code' }, who(request))),
        state(request),
        el('span', { class: 'space' }),
        path && el('button', { class: 'primary small', type: 'button', on: { click: () => this.#download(path, request) } }, 'Download')),
      services.length > 0 && el('div', { class: 'scroll' }, el('table', { class: 'services' },
        el('thead', {}, el('tr', {}, ['Service', 'State', 'Answers', 'Removed'].map((name) => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, services.map(service)))),
      remaining.length > 0 && el('details', {},
        el('summary', {}, 'Where Kafka may still have something, and until when'),
        el('ul', {}, remaining.map(({ topic, until }) => el('li', {}, el('span', { class: 'code' }, topic), ` ${fullTime(until)}`))))));
  }

  /** The answer needs the session's token, which a plain link would not send. */
  async #download(path, { id }) {
    try {
      const document = await this.api.get(path);
      const url = URL.createObjectURL(new Blob([JSON.stringify(document, null, 2)], { type: 'application/json' }));
      el('a', { href: url, download: `export-${id}.json` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }
}

function erase(id, begin) {
  const again = el('input', { name: 'again', required: true, autocomplete: 'off', spellcheck: 'false' });
  return ask({
    title: `Erase ${id}?`,
    text: 'Every service removes what it keeps of this person, or keeps it under a pseudonym. It cannot be undone.',
    fields: [field('Type the id again', again)],
    confirm: 'Erase',
    danger: true,
    act: () => {
      if (again.value.trim() !== id) throw new Error('That is another id.');
      return begin();
    },
  });
}

const who = ({ recipient, pseudonym }) => recipient ?? pseudonym ?? '–';

function state({ state: code, ended_at: ended }) {
  return el('span', { class: 'state', 'data-state': STATES[code] ?? code, title: ended ? fullTime(ended) : null }, words(code));
}

function service({ service: name, done, answered, of, removed = {} }) {
  const parts = Object.entries(removed).filter(([, count]) => count > 0).map(([kind, count]) => `${words(kind)}: ${number(count)}`);
  return el('tr', {},
    el('td', { class: 'code' }, name),
    el('td', {}, el('span', { class: 'state', 'data-state': done ? 'done' : 'retrying' }, done ? 'done' : 'waited for')),
    el('td', { class: 'num' }, of ? `${answered} of ${of}` : '–'),
    el('td', {}, parts.join(', ') || (done ? 'nothing' : '–')));
}
