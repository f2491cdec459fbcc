import { $, avatar, el } from './dom.js';
import { USERS } from './session.js';

const STATUS = { connected: 'Live', connecting: 'Connecting', reconnecting: 'Reconnecting', suspended: 'Resting', disconnected: 'Offline' };

/** The switch of users in the header, and the state of the live connection. */
export function startUsers(session) {
  const group = $('#users');
  group.append(
    ...USERS.map(({ id, name }) =>
      el(
        'label',
        { title: `Sign in as ${name}` },
        el('input', { type: 'radio', name: 'user', value: id, on: { change: () => session.signIn(id) } }),
        el('span', { class: 'person' }, avatar(id), el('span', { class: 'name' }, name)),
      ),
    ),
  );
  session.on('user', (user) => ($(`input[value="${user}"]`, group).checked = true));
  document.addEventListener('carillon-status', ({ detail }) => {
    $('#live').dataset.status = detail.status;
    $('#live span').textContent = STATUS[detail.status] ?? detail.status;
  });
}
