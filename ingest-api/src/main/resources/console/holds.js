import { ask } from './ask.js';
import { el, field, problem } from './dom.js';
import { ago, channelName, fullTime, number, words } from './format.js';

/** What waits for a recipient and until when, with what can be done about it. Shows nothing where nothing waits. */
export class Holds {
  #api;
  #say;
  #path;
  #error = problem();
  #list = el('ul', { class: 'holds' });
  element = el('section', { class: 'waiting', hidden: true, 'aria-label': 'What waits' }, el('h2', {}, 'What waits'), this.#error, this.#list);

  constructor(api, say) {
    this.#api = api;
    this.#say = say;
  }

  hide() {
    this.element.hidden = true;
    this.#path = null;
  }

  async show(recipient) {
    const path = `/api/v1/ops/recipients/${encodeURIComponent(recipient)}/holds`;
    this.#path = path;
    this.#error.show(null);
    try {
      const { holds } = await this.#api.get(path);
      if (this.#path !== path) return; // somebody else is looked at meanwhile
      this.#list.replaceChildren(...holds.map((hold) => this.#item(recipient, hold)));
      this.element.hidden = holds.length === 0;
    } catch (refusal) {
      if (this.#path !== path) return;
      this.#list.replaceChildren();
      this.#error.show(refusal);
      this.element.hidden = false;
    }
  }

  #item(recipient, hold) {
    return el('li', { class: 'hold' },
      el('div', { class: 'head' },
        el('span', { class: 'tag', 'data-channel': hold.channel }, channelName(hold.channel)),
        el('strong', {}, `${number(hold.count)} · ${words(hold.reason)}`),
        el('time', { datetime: hold.until, title: fullTime(hold.until) }, ago(hold.until)),
        el('span', { class: 'space' }),
        el('button', { class: 'ghost small', type: 'button', on: { click: () => this.#release(recipient, hold) } }, 'Release now…'),
        el('button', { class: 'ghost danger small', type: 'button', on: { click: () => this.#cancel(recipient, hold) } }, 'Cancel…')),
      el('p', { class: 'sentence' }, hold.sentence, ` Until ${fullTime(hold.until)}.`),
      el('ul', { class: 'code' }, hold.notifications.map(({ event, type }) => el('li', {},
        el('a', { href: `#/search?event=${encodeURIComponent(event)}` }, event), ` ${type ?? ''}`))),
      hold.count > hold.notifications.length && el('p', { class: 'hint' }, `and ${number(hold.count - hold.notifications.length)} more`));
  }

  async #release(recipient, hold) {
    await this.#done(recipient, await ask({
      title: 'Release it now?',
      text: 'It waits for nothing more and goes out at once, unless a rule refuses it: quiet hours and caps do not.',
      confirm: 'Release',
      act: () => this.#api.post(`${this.#path}/${hold.id}/release`),
    }));
  }

  async #cancel(recipient, hold) {
    const reason = el('input', { name: 'reason', required: true, maxlength: 500, autocomplete: 'off' });
    await this.#done(recipient, await ask({
      title: 'Cancel what waits?',
      text: 'It is not sent on this channel any more. The reason is written down.',
      fields: [field('Why', reason)],
      confirm: 'Cancel it',
      danger: true,
      act: () => this.#api.post(`${this.#path}/${hold.id}/cancel`, { reason: reason.value }),
    }));
  }

  async #done(recipient, answer) {
    if (!answer) return;
    const states = new Set(answer.notifications.map(({ state }) => words(state)));
    this.#say(`It is ${[...states].join(', ')}.`);
    await this.show(recipient);
  }
}
