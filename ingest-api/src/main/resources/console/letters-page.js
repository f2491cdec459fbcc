import { el, field, problem, select } from './dom.js';
import { ago, channelName, fullTime, instantOf, number, query, words } from './format.js';
import { ask } from './ask.js';
import { Page } from './page.js';

const PATH = '/api/v1/ops/dead-letters';
const CHANNELS = ['inapp', 'email', 'push', 'router-stream', 'ingest-api'];
const STATES = ['open', 'replaying', 'replayed', 'discarded', 'obsolete'];
const LIMIT = 50;

/** The list of dead letters: what is open by channel and reason, filters, and what can be done with all that match. */
export class LettersPage extends Page {
  #error = problem();
  #groups = el('ul', { class: 'groups', 'aria-label': 'Open, by channel and reason' });
  #reasons = el('datalist', { id: 'reasons' });
  #rows = el('tbody');
  #more = el('button', { class: 'ghost', type: 'button', hidden: true }, 'Show more');
  #empty = el('p', { class: 'empty', hidden: true });
  #cursor = '';
  #form;
  #many;

  render() {
    this.#form = this.#filters();
    this.#many = this.#actions();
    this.#more.addEventListener('click', () => this.#load(true));
    this.replaceChildren(
      el('div', { class: 'intro' },
        el('h1', {}, 'Dead letters'),
        el('p', {}, 'What ended without success, kept whole. Repair the cause, then replay; or discard what nobody needs any more.')),
      this.#groups,
      el('section', { class: 'card', 'aria-label': 'Letters' },
        this.#form, this.#reasons, this.#error, this.#many,
        el('div', { class: 'scroll' }, el('table', { class: 'letters' },
          el('thead', {}, el('tr', {}, ['When', 'Channel', 'Reason', 'Recipient', 'Type', 'Attempts', 'State'].map((name) => el('th', { scope: 'col' }, name)))),
          this.#rows)),
        this.#empty,
        el('div', { class: 'actions' }, this.#more)));
    this.#refresh();
    this.every(15_000, () => this.#counts(true));
  }

  #filters() {
    const given = (name) => this.parameters.get(name) ?? '';
    const form = el('form', { class: 'filters', role: 'search', 'aria-label': 'Filter' },
      field('Channel', select('channel', [['', 'All'], ...CHANNELS.map((code) => [code, channelName(code)])], given('channel'))),
      field('Reason', el('input', { name: 'reason', value: given('reason'), placeholder: 'any', list: 'reasons', autocomplete: 'off', spellcheck: 'false' })),
      field('Recipient', el('input', { name: 'recipient', value: given('recipient'), placeholder: 'anybody', autocomplete: 'off', spellcheck: 'false', maxlength: 128 })),
      field('From', el('input', { name: 'from', type: 'datetime-local', step: 1, value: given('from') })),
      field('To', el('input', { name: 'to', type: 'datetime-local', step: 1, value: given('to') })),
      field('State', select('state', [['', 'All'], ...STATES.map((code) => [code, words(code)])], this.parameters.get('state') ?? 'open')),
      el('button', { class: 'ghost', type: 'submit' }, 'Filter'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#remember();
      this.#refresh();
    });
    form.addEventListener('change', ({ target }) => {
      if (target.localName === 'select') form.requestSubmit();
    });
    return form;
  }

  #actions() {
    return el('div', { class: 'many', hidden: true },
      el('span', { class: 'hint' }),
      el('span', { class: 'space' }),
      el('button', { class: 'ghost', type: 'button', on: { click: () => this.#replayAll() } }, 'Replay all that match…'),
      el('button', { class: 'ghost danger', type: 'button', on: { click: () => this.#discardAll() } }, 'Discard all that match…'));
  }

  #values() {
    const data = new FormData(this.#form);
    const values = Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]));
    return { ...values, reason: values.reason.replaceAll(' ', '_') };
  }

  /** What the API takes as filter of an action: without the state, which is always open there. */
  #filter() {
    const { state: _, from, to, ...rest } = this.#values();
    const all = { ...rest, from: instantOf(from), to: instantOf(to) };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
  }

  /** The address shows the filter, so that it can be sent to a colleague. */
  #remember() {
    history.replaceState(null, '', `#/letters${query({ ...this.#values() })}`);
  }

  async #refresh() {
    await Promise.all([this.#load(false), this.#counts(false)]);
  }

  async #counts(background) {
    try {
      const { counts } = await this.api.get(`${PATH}/counts`, { background });
      this.#groups.replaceChildren(...counts.map((count) => this.#group(count)));
      this.#groups.hidden = counts.length === 0;
      this.#reasons.replaceChildren(...new Set(counts.map(({ reason }) => reason)).values().map((value) => el('option', { value })));
    } catch {
      // The list says what is wrong.
    }
  }

  #group({ channel, reason, number: open, oldest }) {
    const choose = () => {
      this.#form.elements.channel.value = channel;
      this.#form.elements.reason.value = reason;
      this.#form.elements.state.value = 'open';
      this.#form.requestSubmit();
    };
    return el('li', {}, el('button', { type: 'button', class: 'group', on: { click: choose } },
      el('strong', {}, number(open)),
      el('span', {}, `${channelName(channel)} · ${words(reason)}`),
      el('small', { title: fullTime(oldest) }, `oldest ${ago(oldest)}`)));
  }

  async #load(next) {
    this.#error.show(null);
    this.#form.toggleAttribute('aria-busy', true);
    const { from, to, ...values } = this.#values();
    const asked = query({ ...values, from: instantOf(from), to: instantOf(to), limit: LIMIT, cursor: next ? this.#cursor : '' });
    try {
      const page = await this.api.get(PATH + asked);
      if (!next) this.#rows.replaceChildren();
      const first = page.dead_letters.map(row);
      this.#rows.append(...first);
      if (next) first[0]?.querySelector('a')?.focus();
      this.#cursor = page.next_cursor ?? '';
      this.#more.hidden = !this.#cursor;
      this.#told(values.state);
    } catch (refusal) {
      this.#error.show(refusal);
    }
    this.#form.toggleAttribute('aria-busy', false);
  }

  #told(state) {
    const shown = this.#rows.childElementCount;
    this.#empty.hidden = shown > 0;
    this.#empty.replaceChildren(el('strong', {}, state === 'open' ? 'Nothing is open.' : 'Nothing matches.'),
      state === 'open' ? 'No letter that matches waits for anybody.' : 'Try a wider filter.');
    this.#many.hidden = shown === 0 || state !== 'open';
    this.#many.firstElementChild.textContent = `${number(shown)}${this.#cursor ? ' and more' : ''} open`;
  }

  async #replayAll() {
    const filter = this.#filter();
    const rate = el('input', { name: 'rate', type: 'number', min: 1, max: 1000, value: 50, required: true });
    const done = await ask({
      title: 'Replay all that match?',
      text: `${this.#describe(filter)} What arrives after now is not meant.`,
      fields: [field('At most this many in a second', rate)],
      confirm: 'Replay',
      act: () => this.api.post(`${PATH}/replay`, { ...scope(filter), rate: Number(rate.value) }),
    });
    if (done) location.hash = '#/actions';
  }

  async #discardAll() {
    const filter = this.#filter();
    const reason = el('input', { name: 'reason', required: true, maxlength: 500, autocomplete: 'off' });
    const done = await ask({
      title: 'Discard all that match?',
      text: `${this.#describe(filter)} They are not sent any more.`,
      fields: [field('Why', reason)],
      confirm: 'Discard',
      danger: true,
      act: () => this.api.post(`${PATH}/discard`, { ...scope(filter), reason: reason.value }),
    });
    if (done) {
      this.say(`${number(done.done)} discarded${done.state === 'running' ? ', and the rest goes on' : ''}`);
      this.#refresh();
    }
  }

  #describe(filter) {
    const parts = Object.entries(filter).map(([name, value]) => `${name} ${words(value)}`);
    return parts.length ? `All open letters with ${parts.join(', ')}.` : 'All open letters of every channel and reason.';
  }
}

const scope = (filter) => (Object.keys(filter).length ? { filter } : { all: true });

function row(letter) {
  return el('tr', {},
    el('td', {}, el('a', { href: `#/letter?id=${letter.id}`, title: fullTime(letter.at) }, ago(letter.at))),
    el('td', {}, el('span', { class: 'tag', 'data-channel': letter.channel }, channelName(letter.channel))),
    el('td', { class: 'why' }, el('strong', {}, words(letter.reason)), el('small', {}, letter.detail)),
    el('td', { class: 'code' }, letter.recipient ?? '–'),
    el('td', { class: 'code' }, letter.type ?? '–'),
    el('td', { class: 'num' }, letter.attempts ? number(letter.attempts) : '–'),
    el('td', {}, el('span', { class: 'state', 'data-state': letter.state }, words(letter.state))));
}
