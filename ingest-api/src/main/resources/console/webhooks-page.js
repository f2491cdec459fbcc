import { ask } from './ask.js';
import { el, problem } from './dom.js';
import { ago, fullTime, number, query, words } from './format.js';
import { Page } from './page.js';
import { documentOf, endpointFields, showSecret } from './webhook-form.js';

const PATH = '/api/v1/ops/webhooks';
const DISABLED = {
  by_operator: 'disabled',
  gone: 'disabled: it answered 410',
  failing: 'disabled: every request failed for days',
  backlog: 'disabled: too much waited for it',
};

/** Webhooks: which addresses are told of what, how they are, and what was sent to the chosen one. */
export class WebhooksPage extends Page {
  #error = problem();
  #rows = el('tbody');
  #empty = el('p', { class: 'empty', hidden: true }, el('strong', {}, 'Nobody is told.'), 'A webhook tells an address of yours what became of notifications.');
  #deliveries = el('div', { class: 'below' });

  async render() {
    this.replaceChildren(
      el('div', { class: 'intro' },
        el('h1', {}, 'Webhooks'),
        el('p', {}, 'Addresses that are told what became of notifications, signed as Standard Webhooks says. Each is tried for about a day.')),
      el('section', { class: 'card', 'aria-label': 'Addresses' },
        el('div', { class: 'many' }, el('span', { class: 'space' }),
          el('button', { class: 'primary', type: 'button', on: { click: () => this.#create() } }, 'New webhook…')),
        this.#error,
        el('div', { class: 'scroll' }, el('table', { class: 'webhooks' },
          el('thead', {}, el('tr', {}, ['Address', 'Told of', 'State', 'Waiting', 'Dead', ''].map((name) => el('th', { scope: 'col' }, name)))),
          this.#rows)),
        this.#empty),
      this.#deliveries);
    await this.#load(false);
    this.every(5_000, () => this.#load(true));
  }

  async #load(background) {
    try {
      const { webhooks } = await this.api.get(PATH, { background });
      this.#error.show(null);
      this.#rows.replaceChildren(...webhooks.map((webhook) => this.#row(webhook)));
      this.#empty.hidden = webhooks.length > 0;
      const chosen = webhooks.find(({ id }) => id === this.parameters.get('id'));
      if (chosen) await this.#show(chosen, background);
      else this.#deliveries.replaceChildren();
    } catch (refusal) {
      this.#error.show(refusal);
    }
  }

  #row(webhook) {
    const { id, url, description, outcomes, channels, types, categories } = webhook;
    const only = [...channels, ...categories, ...types].join(', ');
    return el('tr', {},
      el('td', { class: 'why' },
        el('a', { href: `#/webhooks${query({ id })}`, class: 'code', 'aria-current': id === this.parameters.get('id') ? 'true' : null }, url),
        description && el('small', {}, description)),
      el('td', {}, outcomes.map(words).join(', '), only && el('small', {}, `only ${only}`)),
      el('td', {}, state(webhook)),
      el('td', { class: 'num' }, number(webhook.waiting)),
      el('td', { class: 'num' }, number(webhook.dead)),
      el('td', {}, el('button', { class: 'ghost small', type: 'button', on: { click: () => this.#test(webhook) } }, 'Test')));
  }

  async #create() {
    const fields = endpointFields();
    const made = await ask({
      title: 'New webhook',
      text: 'It hears of what happens from now on.',
      fields,
      confirm: 'Create',
      act: () => this.api.post(PATH, documentOf(fields)),
    });
    if (!made) return;
    await showSecret(made.secret);
    location.hash = `#/webhooks${query({ id: made.id })}`;
  }

  async #test(webhook) {
    try {
      const { state: end, status, error } = await this.api.post(`${PATH}/${webhook.id}/test`);
      this.say(end === 'delivered' ? `It answered ${status}.` : `The test failed: ${error}.`);
    } catch (refusal) {
      this.#error.show(refusal);
    }
    await this.#load(false);
  }

  async #show(webhook, background) {
    const path = `${PATH}/${webhook.id}`;
    const { deliveries } = await this.api.get(`${path}/deliveries?limit=50`, { background });
    const button = (label, act, danger) => el('button', { class: danger ? 'ghost danger small' : 'ghost small', type: 'button', on: { click: act } }, label);
    this.#deliveries.replaceChildren(el('section', { class: 'card', 'aria-label': 'Deliveries' },
      el('div', { class: 'head' },
        el('h2', {}, 'Last deliveries'),
        el('span', { class: 'hint code' }, webhook.url),
        el('span', { class: 'space' }),
        button('Change…', () => this.#change(webhook)),
        button('New secret…', () => this.#rotate(path)),
        webhook.dead > 0 && webhook.enabled && button('Replay what is dead', () => this.#replay(`${path}/replay`)),
        button('Delete…', () => this.#delete(path), true)),
      deliveries.length === 0 && el('p', { class: 'empty' }, 'Nothing was sent yet.'),
      deliveries.length > 0 && el('div', { class: 'scroll' }, el('table', { class: 'deliveries' },
        el('thead', {}, el('tr', {}, ['When', 'What', 'Recipient', 'Attempts', 'State', 'Answer', ''].map((name) => el('th', { scope: 'col' }, name)))),
        el('tbody', {}, deliveries.map((delivery) => this.#delivery(path, webhook, delivery)))))));
  }

  #delivery(path, webhook, delivery) {
    const again = () => this.#replay(`${path}/deliveries/${delivery.id}/replay`);
    return el('tr', {},
      el('td', { title: fullTime(delivery.created_at) }, ago(delivery.created_at)),
      el('td', {}, words(delivery.event), el('small', { class: 'code' }, delivery.id)),
      el('td', { class: 'code' }, delivery.recipient
        ? el('a', { href: `#/search${query({ recipient: delivery.recipient })}` }, delivery.recipient) : '–'),
      el('td', { class: 'num' }, number(delivery.attempts)),
      el('td', {}, el('span', { class: 'state', 'data-state': delivery.state }, words(delivery.state)),
        delivery.next_at && delivery.attempts > 0 && el('small', { title: fullTime(delivery.next_at) }, `next ${ago(delivery.next_at)}`)),
      el('td', { class: 'why' }, delivery.error ?? delivery.status ?? '–'),
      el('td', {}, webhook.enabled && delivery.state !== 'waiting'
        && el('button', { class: 'ghost small', type: 'button', on: { click: again } }, 'Replay')));
  }

  async #replay(path) {
    try {
      const { replayed = 1 } = await this.api.post(path);
      this.say(`${number(replayed)} to be sent again`);
    } catch (refusal) {
      this.#error.show(refusal);
    }
    await this.#load(false);
  }

  async #change(webhook) {
    const fields = endpointFields(webhook);
    const changed = await ask({
      title: 'Change the webhook',
      text: webhook.enabled ? 'What waits goes to the address as it is then.' : 'Enabled again, it is sent what waits for it.',
      fields,
      confirm: 'Save',
      act: () => this.api.put(`${PATH}/${webhook.id}`, documentOf(fields)),
    });
    if (changed) await this.#load(false);
  }

  async #rotate(path) {
    const rotated = await ask({
      title: 'Make a new secret?',
      text: 'Requests are signed with both secrets for a day, so that the receiver can change over.',
      confirm: 'Make it',
      act: () => this.api.post(`${path}/rotate`),
    });
    if (rotated) await showSecret(rotated.secret);
    await this.#load(false);
  }

  async #delete(path) {
    const deleted = await ask({
      title: 'Delete the webhook?',
      text: 'What waits for it and what is dead goes with it.',
      confirm: 'Delete',
      danger: true,
      act: async () => {
        await this.api.delete(path);
        return true;
      },
    });
    if (deleted) location.hash = '#/webhooks';
  }
}

function state({ enabled, disabled, failing_since: since, rests_until: rests }) {
  if (!enabled) return el('span', { class: 'state', 'data-state': 'dead' }, DISABLED[disabled] ?? words(disabled));
  if (!since) return el('span', { class: 'state', 'data-state': 'done' }, 'enabled');
  return [el('span', { class: 'state', 'data-state': 'retrying' }, `failing since ${ago(since)}`),
    rests && el('small', { title: fullTime(rests) }, `rests, again ${ago(rests)}`)];
}
