import { ask } from './ask.js';
import { el, field, problem } from './dom.js';
import { channelName, fullTime, words } from './format.js';
import { Page } from './page.js';

const PATH = '/api/v1/ops/dead-letters';

/** One dead letter: why, what, and what can be done with it. */
export class LetterPage extends Page {
  #error = problem();
  #body = el('div');

  async render() {
    this.replaceChildren(el('p', { class: 'back' }, el('a', { href: '#/letters' }, '← All dead letters')), this.#error, this.#body);
    await this.#load();
  }

  async #load() {
    try {
      this.#show(await this.api.get(`${PATH}/${encodeURIComponent(this.parameters.get('id') ?? '')}`));
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }

  #show(letter) {
    this.#body.replaceChildren(
      el('section', { class: 'card letter' },
        el('div', { class: 'head' },
          el('h1', {}, words(letter.reason)),
          el('span', { class: 'tag', 'data-channel': letter.channel }, channelName(letter.channel)),
          el('span', { class: 'state', 'data-state': letter.state }, words(letter.state)),
          el('span', { class: 'space' }),
          letter.state === 'open' && this.#buttons(letter)),
        letter.sentence && el('p', { class: 'sentence' }, letter.sentence),
        el('pre', { class: 'detail' }, letter.detail),
        letter.note && el('p', { class: 'note' }, letter.note),
        facts(letter)),
      el('section', { class: 'card' },
        el('div', { class: 'head' }, el('h2', {}, 'The record'),
          el('span', { class: 'hint code' }, `${letter.record.topic}-${letter.record.partition}@${letter.record.offset}`)),
        record(letter.record)));
  }

  #buttons(letter) {
    return [
      letter.replayable && el('button', { class: 'primary', type: 'button', on: { click: () => this.#replay(letter) } }, 'Replay'),
      el('button', { class: 'ghost danger', type: 'button', on: { click: () => this.#discard(letter) } }, 'Discard…'),
    ];
  }

  async #replay(letter) {
    this.#error.show(null);
    try {
      await this.api.post(`${PATH}/${letter.id}/replay`);
      this.say('It is back on its channel.');
    } catch (refusal) {
      this.#error.show(refusal);
    }
    await this.#load();
  }

  async #discard(letter) {
    const reason = el('input', { name: 'reason', required: true, maxlength: 500, autocomplete: 'off' });
    const done = await ask({
      title: 'Discard this letter?',
      text: 'It is not sent any more. The reason stays beside it.',
      fields: [field('Why', reason)],
      confirm: 'Discard',
      danger: true,
      act: () => this.api.post(`${PATH}/${letter.id}/discard`, { reason: reason.value }),
    });
    if (done) await this.#load();
  }
}

function facts(letter) {
  const recipient = letter.recipient && el('a', { href: `#/search?recipient=${encodeURIComponent(letter.recipient)}` }, letter.recipient);
  const event = letter.event && el('a', { href: `#/search?event=${encodeURIComponent(letter.event)}` }, letter.event);
  const rows = [
    ['Died', fullTime(letter.at)],
    ['Recipient', recipient],
    ['Type', letter.type],
    ['Attempts', letter.attempts || null],
    ['Event', event],
    ['Notification', letter.notification],
    ['Changed', letter.state === 'open' ? null : fullTime(letter.changed_at)],
    ['Action', letter.action && el('a', { href: '#/actions' }, `no. ${letter.action}`)],
  ];
  return el('dl', { class: 'facts' }, rows.filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function record({ key, value, value_base64: base64, headers = [] }) {
  const text = value === undefined ? base64 : JSON.stringify(value, null, 2);
  return [
    key && el('p', { class: 'hint' }, 'Key ', el('code', {}, key)),
    headers.length > 0 && el('dl', { class: 'facts', 'aria-label': 'Headers' },
      headers.map((header) => [el('dt', { class: 'code' }, header.name), el('dd', { class: 'code' }, header.value ?? '–')])),
    text ? el('pre', { class: 'json', tabindex: 0 }, text) : el('p', { class: 'empty' }, 'The letter does not hold the record: it was empty or too large.'),
  ];
}
