import { $, el } from './dom.js';

/** Sends the user a mail of a type with sample data, past preferences and the ledger. */
export function startTestMails(session, sent) {
  const form = $('#mail-test');
  const types = $('#mail-type');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = $('button', form);
    button.disabled = true;
    const said = await send(session, types.value);
    button.disabled = false;
    button.setCustomValidity(said ?? '');
    if (said) button.reportValidity();
    else sent();
  });
  types.addEventListener('change', () => $('button', form).setCustomValidity(''));
  list(session, types);
}

async function list(session, types) {
  const answer = await ask(session, '/api/v1/types').catch(() => null);
  const known = answer?.types ?? [];
  types.replaceChildren(...known.map(({ name, label }) => el('option', { value: name }, label || name)));
  $('#mail-test').hidden = known.length === 0;
}

/** What went wrong; undefined where it was sent. */
async function send(session, type) {
  const to = `${session.user}@carillon.example`;
  const sample = { type, title: 'A test mail', body: 'With the words of the demo.', data: {} };
  try {
    await ask(session, `/api/v1/email/test?to=${encodeURIComponent(to)}`, sample);
  } catch ({ message }) {
    return message;
  }
}

async function ask(session, path, body) {
  const headers = { Authorization: `Bearer ${await session.key()}`, Accept: 'application/json' };
  const options = body ? { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : { headers };
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Error(answer?.detail ?? `The server said ${response.status}.`);
  return answer;
}
