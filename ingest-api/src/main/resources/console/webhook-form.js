import { ask } from './ask.js';
import { el, field } from './dom.js';
import { words } from './format.js';

const OUTCOMES = ['routed', 'held', 'suppressed', 'merged', 'replaced', 'cancelled', 'expired', 'sent', 'skipped', 'retrying', 'dead',
  'seen', 'read', 'clicked', 'dismissed', 'acted', 'archived', 'unsubscribed'];
const USUAL = ['sent', 'dead', 'skipped', 'read', 'clicked', 'acted'];
const CHANNELS = [['inapp', 'In-app'], ['email', 'E-mail'], ['push', 'Push']];

/** The fields of a webhook's form; `webhook` is what they show at first. */
export function endpointFields(webhook = { outcomes: USUAL, channels: [], types: [], categories: [], enabled: true }) {
  const input = (name, attributes) => el('input', { name, autocomplete: 'off', spellcheck: 'false', ...attributes });
  return [
    field('Address', input('url', { type: 'url', required: true, maxlength: 2048, placeholder: 'https://', value: webhook.url ?? '' })),
    field('Description', input('description', { maxlength: 200, value: webhook.description ?? '' })),
    choices('outcomes', 'Told of', OUTCOMES.map((code) => [code, words(code)]), webhook.outcomes),
    choices('channels', 'Only these channels (none: all)', CHANNELS, webhook.channels),
    field('Only these types (with commas; none: all)', input('types', { value: webhook.types.join(', ') })),
    field('Only these categories', input('categories', { value: webhook.categories.join(', ') })),
    el('label', { class: 'check' }, el('input', { name: 'enabled', type: 'checkbox', checked: webhook.enabled }), 'Enabled'),
  ];
}

function choices(name, label, options, chosen) {
  return el('fieldset', { class: 'choices' }, el('legend', {}, label),
    options.map(([value, text]) => el('label', { class: 'check' },
      el('input', { name, type: 'checkbox', value, checked: chosen.includes(value) }), text)));
}

/** What the API takes. */
export function documentOf(fields) {
  const all = fields.flatMap((part) => [...part.querySelectorAll('input')]);
  const one = (name) => all.find((input) => input.name === name);
  const list = (name) => one(name).value.split(',').map((text) => text.trim()).filter(Boolean);
  const checked = (name) => all.filter((input) => input.name === name && input.checked).map(({ value }) => value);
  return {
    url: one('url').value.trim(),
    description: one('description').value.trim() || null,
    outcomes: checked('outcomes'),
    channels: checked('channels'),
    types: list('types'),
    categories: list('categories'),
    enabled: one('enabled').checked,
  };
}

/** Shows a secret, which nobody can see again. */
export function showSecret(secret) {
  return ask({
    title: 'The secret',
    text: 'It is shown this once. The receiver checks with it that requests come from here.',
    fields: [el('pre', { class: 'json secret', tabindex: 0 }, secret)],
    confirm: 'I have it',
    act: () => true,
  });
}
