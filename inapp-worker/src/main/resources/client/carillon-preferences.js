import './preference-strings.js';
import { CarillonElement } from './carillon-element.js';
import { CHANNELS, choiceMatrix } from './choice-matrix.js';
import { digestEditor } from './digest-editor.js';
import { el } from './dom.js';
import { muteList } from './mute-list.js';
import { PreferenceDraft } from './preference-draft.js';
import { preferenceStyles } from './preference-styles.js';
import { quietEditor } from './quiet-editor.js';
import { language, t } from './strings.js';
import { toggle } from './toggle.js';

const HOUR = 3_600_000;

/**
 * `<carillon-preferences>`: a user's channels, quiet hours, pause, mutes, digest times and the matrix of types × channels,
 * saved as they are changed. What the server does not offer, and without a list of types the matrix, is left out.
 *
 * Attributes: `theme` (light, dark). Events: `carillon-preferences`; detail is `{preferences, state}`.
 */
export class CarillonPreferences extends CarillonElement {
  static tag = 'carillon-preferences';
  static styles = preferenceStyles;

  #draft = null;
  #types = [];
  #unfolded = new Set();
  #body = el('div', { class: 'body' });
  #note = el('p', { class: 'note', role: 'status' });

  constructor() {
    super();
    this.render(this.#body, this.#note);
  }

  /** The document as it is shown; null before it is loaded. */
  get preferences() {
    return this.#draft?.document ?? null;
  }

  clientChanged(client) {
    this.#draft?.abandon();
    this.#draft = null;
    this.#types = [];
    this.#body.replaceChildren();
    if (!client) return;
    this.#draft = new PreferenceDraft(client, (preferences, note) => this.#show(preferences, note));
    this.#draft.load();
    this.#loadTypes(client);
  }

  async #loadTypes(client) {
    const answer = await client.request('/notification-types').catch(() => null);
    if (client !== this.client) return;
    const types = Array.isArray(answer) ? answer : (answer?.types ?? answer?.notification_types ?? []);
    this.#types = types.map((one) => ({ ...one, type: one.name ?? one.type ?? one.id }));
    if (this.preferences) this.#draw(this.preferences);
  }

  #show(preferences, { state, error }) {
    this.#note.textContent = noteText(state, error);
    this.#note.classList.toggle('bad', Boolean(error));
    if (preferences) this.#draw(preferences);
    else this.#body.replaceChildren(el('button', { type: 'button', class: 'plain', on: { click: () => this.#draft.load() } }, t('retry')));
    this.dispatchEvent(new CustomEvent('carillon-preferences', { detail: { preferences, state }, bubbles: true, composed: true }));
  }

  #draw(preferences) {
    const focused = this.shadowRoot.activeElement?.id;
    const change = (fields) => this.#draft.change(fields);
    const editors = [channels, quietEditor, pause, muteList, digestEditor];
    const parts = [...editors.map((editor) => editor(preferences, change)), choiceMatrix(preferences, this.#types, this.#unfolded, change)];
    this.#body.replaceChildren(...parts.filter(Boolean));
    if (focused) this.shadowRoot.getElementById(focused)?.focus();
  }
}

function channels(preferences, change) {
  const { channels: on = {} } = preferences;
  const boxes = CHANNELS.map(([id, name]) => toggle(`on-${id}`, t(name), on[id] !== false, (value) => change({ channels: { ...on, [id]: value } })));
  return el('div', { class: 'line', role: 'group', 'aria-label': t('channels') }, boxes);
}

function pause({ muted_until: until }, change) {
  const end = until && new Date(until);
  const paused = end && end > Date.now();
  const button = (id, text, to) => el('button', { type: 'button', class: 'plain', id, on: { click: () => change({ muted_until: to() }) } }, text);
  const tomorrow = () => {
    const morning = new Date();
    morning.setDate(morning.getDate() + 1);
    morning.setHours(8, 0, 0, 0);
    return morning.toISOString();
  };
  const buttons = paused
    ? [el('span', { class: 'chip' }, t('pausedUntil', end.toLocaleString(language(), { weekday: 'short', hour: '2-digit', minute: '2-digit' }))), button('resume', t('resume'), () => null)]
    : [button('pause-hour', t('anHour'), () => new Date(Date.now() + HOUR).toISOString()), button('pause-day', t('tomorrow'), tomorrow)];
  return el('div', { class: 'line section' }, el('span', { class: 'name' }, t('pauseAll')), buttons);
}

function noteText(state, error) {
  if (state === 'failed') return t('preferencesFailed');
  if (state === 'conflict') return t('conflict');
  if (state === 'refused') return t('notSaved', error.problem?.errors?.map(({ field, message }) => `${field} ${message}`).join(', ') || error.message);
  return state === 'saving' || state === 'saved' ? t(state) : '';
}
