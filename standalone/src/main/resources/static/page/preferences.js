import { $, el } from './dom.js';
import { dayAndTime, quietUntil } from './quiet.js';
import { nameOf } from './session.js';

const CHANNELS = [['in_app', 'In-app'], ['email', 'E-mail'], ['push', 'Push']];
const DAYS = [['mon', 'Mo'], ['tue', 'Tu'], ['wed', 'We'], ['thu', 'Th'], ['fri', 'Fr'], ['sat', 'Sa'], ['sun', 'Su']];
const EVERY_DAY = DAYS.map(([day]) => day);
const NIGHT = { days: EVERY_DAY, start: '22:00', end: '07:00', channels: ['email', 'push'] };

/** The chosen user's channels and quiet hours, saved as they are changed. */
export function startPreferences(session) {
  const body = $('#preferences-body');
  let preferences = null;

  const load = async () => {
    const { user, client } = session;
    preferences = null;
    $('#preferences-who').textContent = nameOf(user);
    body.setAttribute('aria-busy', 'true');
    try {
      const document = await client.request('/preferences');
      if (user !== session.user) return;
      take(document);
    } catch (error) {
      if (user === session.user) body.replaceChildren(el('p', { class: 'empty' }, `Preferences could not be loaded (${error.message}).`));
    }
    body.removeAttribute('aria-busy');
  };
  const take = (document) => {
    preferences = document ?? {};
    session.tell('preferences', preferences);
    draw();
  };
  const save = async (change) => {
    const { user, client } = session;
    const { version, ...rest } = preferences;
    const next = { ...rest, ...change };
    preferences = { ...next, version };
    draw();
    say('Saving…');
    try {
      const headers = version === undefined ? {} : { 'If-Match': `"${version}"` };
      const answer = await client.request('/preferences', { method: 'PUT', body: next, headers });
      if (user !== session.user) return;
      take(answer?.channels ? answer : await client.request('/preferences'));
      say('Saved');
    } catch (error) {
      if (user !== session.user) return;
      await load();
      say(error.status === 412 ? 'Changed elsewhere, loaded again' : `Not saved: ${error.message}`);
    }
  };
  const draw = () => {
    const focused = document.activeElement?.id;
    body.replaceChildren(...content(preferences, save));
    if (focused) document.getElementById(focused)?.focus();
  };

  session.on('user', load);
}

function content(preferences, save) {
  const { channels = {}, quiet_hours: windows = [], time_zone: zone } = preferences;
  const window = windows[0];
  const change = (fields) => save({ quiet_hours: [{ ...window, ...fields }, ...windows.slice(1)] });
  const quiet = quietUntil(preferences);
  return [
    el('div', { class: 'switches' }, CHANNELS.map(([id, name]) => toggle(`on-${id}`, name, channels[id] !== false, (on) => save({ channels: { ...channels, [id]: on } })))),
    el(
      'div',
      { class: 'quiet' },
      toggle('quiet', 'Quiet hours', Boolean(window), (on) => save({ quiet_hours: on ? [NIGHT] : [], time_zone: zone ?? localZone() })),
      quiet && el('span', { class: 'chip now' }, `quiet until ${quiet.end}`),
    ),
    window && hours(window, change, zone),
  ].filter(Boolean);
}

function hours(window, change, zone) {
  const days = window.days?.length ? window.days : EVERY_DAY;
  const flip = (list, value) => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]);
  const time = (id, label) => el('label', {}, label, el('input', { type: 'time', id: `quiet-${id}`, value: window[id], required: true, on: { change: ({ target }) => target.value && change({ [id]: target.value }) } }));
  const day = ([id, name]) => press(`day-${id}`, name, days.includes(id), () => flip(days, id).length && change({ days: EVERY_DAY.filter((one) => flip(days, id).includes(one)) }));
  const silenced = window.channels?.length ? window.channels : ['email', 'push'];
  const channel = (id, name) => press(`quiet-${id}`, name, silenced.includes(id), () => flip(silenced, id).length && change({ channels: flip(silenced, id) }));
  return el(
    'div',
    { class: 'hours' },
    el('div', { class: 'times' }, time('start', 'From'), time('end', 'to'), el('button', { type: 'button', class: 'ghost', id: 'quiet-now', on: { click: () => change({ ...aroundNow(zone), days: EVERY_DAY }) } }, 'Make it now')),
    el('div', { class: 'presses', role: 'group', 'aria-label': 'Days' }, DAYS.map(day)),
    el('div', { class: 'presses', role: 'group', 'aria-label': 'Channels that keep quiet' }, channel('email', 'E-mail'), channel('push', 'Push'), el('span', { class: 'hint' }, zone ?? 'default zone')),
  );
}

function toggle(id, name, on, change) {
  const box = el('input', { type: 'checkbox', class: 'switch', role: 'switch', id, checked: on, on: { change: ({ target }) => change(target.checked) } });
  return el('label', { class: 'switchline' }, box, el('span', {}, name));
}

function press(id, name, pressed, click) {
  return el('button', { type: 'button', id, 'aria-pressed': String(pressed), on: { click } }, name);
}

/** A window that began an hour ago and ends in an hour. */
function aroundNow(zone) {
  const at = (hours) => dayAndTime(new Date(Date.now() + hours * 3_600_000), zone).time;
  return { start: at(-1), end: at(1) };
}

function localZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

let fading = 0;

function say(text) {
  $('#saved').textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => ($('#saved').textContent = ''), 4000);
}
