import { el, field, problem } from './dom.js';
import { channelName, fullTime, query, words } from './format.js';
import { Page } from './page.js';

/** The catalogue: a type's document, its texts with sample data, and what would become of a sample event. */
export class TypesPage extends Page {
  #error = problem();
  #list = el('ul', { class: 'catalogue' });
  #detail = el('div', { class: 'type' });

  async render() {
    this.replaceChildren(
      el('div', { class: 'intro' }, el('h1', {}, 'Types'), el('p', {}, 'Preview a type’s texts, and ask the router what it would do. Nothing is sent.')),
      this.#error,
      el('div', { class: 'columns' }, el('section', { class: 'card', 'aria-label': 'All types' }, this.#list), this.#detail));
    try {
      const { types } = await this.api.get('/api/v1/types');
      const chosen = this.parameters.get('name') ?? types[0]?.name;
      this.#list.replaceChildren(...types.map(({ name, category }) => el('li', {},
        el('a', { href: `#/types${query({ name })}`, 'aria-current': name === chosen ? 'true' : null },
          el('span', { class: 'code' }, name), category && el('small', {}, category)))));
      if (types.length === 0) this.#list.replaceChildren(el('li', { class: 'empty' }, 'The catalogue is empty.'));
      const type = types.find(({ name }) => name === chosen);
      if (type) this.#show(type);
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }

  #show(type) {
    this.#detail.replaceChildren(
      trial({
        title: `Preview of ${type.name}`,
        label: 'Sample event (data, title, actor…), and items for what is told together',
        sample: { title: 'A title', data: {} },
        button: 'Preview',
        run: async (sample) => previews(await this.api.post(`/api/v1/types/${encodeURIComponent(type.name)}/preview`, sample)),
      }),
      trial({
        title: 'What would become of it?',
        label: 'Event',
        sample: { type: type.name, title: 'A title', recipients: ['ada'] },
        button: 'Explain',
        run: async (event) => explanation(await this.api.post('/api/v1/events/explain', event)),
      }),
      el('section', { class: 'card' }, el('h2', {}, 'The type'), el('pre', { class: 'json', tabindex: 0 }, JSON.stringify(type, null, 2))));
  }
}

/** A card that sends a JSON document and shows the answer. */
function trial({ title, label, sample, button, run }) {
  const error = problem();
  const text = el('textarea', { rows: 5, spellcheck: 'false', class: 'code', name: 'document' });
  text.value = JSON.stringify(sample, null, 2);
  const answer = el('div', { class: 'answer', 'aria-live': 'polite' });
  const form = el('form', { class: 'trial' }, field(label, text), error, el('div', { class: 'actions' }, el('button', { class: 'primary', type: 'submit' }, button)));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    error.show(null);
    try {
      answer.replaceChildren(...await run(parse(text.value)));
    } catch (refusal) {
      answer.replaceChildren();
      error.show(refusal);
    }
  });
  return el('section', { class: 'card' }, el('h2', {}, title), form, answer);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`This is no JSON: ${cause.message}`, { cause });
  }
}

function previews({ previews: single, merged = [] }) {
  return [...shown(single), merged.length > 0 && el('h3', {}, 'Told together'), ...shown(merged)].filter(Boolean);
}

function shown(all) {
  return all.map(({ channel, locale, title, subject, body, action_url: link, warnings = [] }) => el('article', { class: 'shown' },
    el('h3', {}, el('span', { class: 'tag', 'data-channel': channel }, channelName(channel)), el('span', { class: 'hint' }, locale ?? 'no language')),
    subject && el('p', { class: 'hint' }, `Subject: ${subject}`),
    el('strong', {}, title ?? ''),
    body && el('p', { class: 'body' }, body),
    link && el('p', { class: 'hint code' }, link),
    warnings.map((warning) => el('p', { class: 'note' }, warning))));
}

function explanation({ sentence, count, complete, recipients, problems = [] }) {
  return [
    el('p', { class: 'sentence' }, sentence, ` For ${count}${complete ? '' : ' or more'}.`),
    ...problems.map((text) => el('p', { class: 'note' }, text)),
    ...recipients.map(({ recipient, channels }) => el('article', { class: 'shown' },
      el('h3', {}, recipient),
      el('ul', { class: 'verdicts' }, channels.map(({ channel, what, state, reason, sentence: why, until, title }) => el('li', {},
        el('span', { class: 'tag', 'data-channel': channel }, channelName(channel)),
        el('span', { class: 'state', 'data-state': state }, what),
        el('span', {}, [title, reason !== 'none' && words(reason), why, until && `until ${fullTime(until)}`].filter(Boolean).join(' · '))))))),
  ];
}
