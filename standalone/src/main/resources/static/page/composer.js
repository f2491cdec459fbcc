import { curlCommand } from './command.js';
import { $, avatar, el } from './dom.js';
import { PRESETS } from './presets.js';
import { USERS } from './session.js';
import { startTabs } from './tabs.js';

const FIELDS = ['type', 'title', 'body', 'action_url', 'priority', 'group'];

/** The form that publishes an event, and the command that does the same. */
export function startComposer(session) {
  const form = $('#form');
  let hidden = {}; // what an example sets beyond the form's fields
  let id = newId();
  let last = null;

  const event = () => ({ id, ...target(form), ...hidden, ...filled(form) });
  const show = async () => {
    for (const [part, kind] of [['#recipients', 'recipients'], ['[name=audience]', 'audience'], ['#everyone', 'broadcast']]) {
      $(part).hidden = form.elements.target.value !== kind;
    }
    const key = await session.key().catch(() => 'YOUR_KEY');
    $('#command').textContent = curlCommand(location.origin, key, event());
  };
  const fill = ({ label, event: example }) => {
    for (const name of FIELDS) form.elements[name].value = example[name] ?? '';
    hidden = Object.fromEntries(Object.entries(example).filter(([name]) => !FIELDS.includes(name)));
    for (const button of $('#presets').children) button.setAttribute('aria-pressed', String(button.textContent === label));
    show();
  };
  const send = async (sent) => {
    showProblem(null);
    const { error } = await session.attempt(sent);
    if (error) return showProblem(error);
    last = sent;
    $('#again').disabled = false;
  };

  $('#recipients').append(...USERS.map((user) => pick(user)));
  $('#types').append(...PRESETS.map((preset) => el('option', { value: preset.event.type })));
  $('#presets').append(
    ...PRESETS.map((preset) => el('button', { type: 'button', class: 'preset', 'aria-pressed': 'false', on: { click: () => fill(preset) } }, preset.label)),
  );
  form.addEventListener('input', ({ target: field }) => {
    if (field.name === 'type') hidden = {};
    show();
  });
  form.addEventListener('keydown', (key) => key.key === 'Enter' && (key.ctrlKey || key.metaKey) && form.requestSubmit());
  form.addEventListener('submit', (submit) => {
    submit.preventDefault();
    send(event());
    id = newId();
    show();
  });
  $('#again').addEventListener('click', () => last && send(last));
  $('#copy').addEventListener('click', () => copy($('#command').textContent));
  startTabs([$('#tab-form'), $('#tab-curl')]);
  session.on('user', (user) => {
    for (const box of form.querySelectorAll('[name=recipient]')) box.checked = box.value === user;
    show();
  });
  fill(PRESETS[0]);
}

function pick({ id, name }) {
  const box = el('input', { type: 'checkbox', name: 'recipient', value: id });
  return el('label', { class: 'pick' }, box, el('span', {}, avatar(id), name));
}

function target(form) {
  const kind = form.elements.target.value;
  if (kind === 'broadcast') return { broadcast: true };
  if (kind === 'audience') return { audiences: [form.elements.audience.value.trim()].filter(Boolean) };
  return { recipients: [...form.querySelectorAll('[name=recipient]:checked')].map(({ value }) => value) };
}

function filled(form) {
  return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value !== ''));
}

function newId() {
  return `demo-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

/** The server's own words: the problem's detail, and each field with its rule, where that is not the same. */
function showProblem(error) {
  const box = $('#problem');
  const errors = (error?.problem?.errors ?? []).map(({ field, message, rule }) => [field, message ?? rule].filter(Boolean).join(': '));
  box.hidden = !error;
  const said = [error?.status ? error.message : 'The server did not answer.', ...errors];
  box.textContent = error ? [...new Set(said)].join(' · ') : '';
}

async function copy(text) {
  const button = $('#copy');
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren($('#command'));
    button.textContent = 'Selected';
  }
  setTimeout(() => (button.textContent = 'Copy'), 1600);
}
