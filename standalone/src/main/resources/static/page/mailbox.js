import { $, avatar, el } from './dom.js';
import { showHtml } from './mail-frame.js';
import { startTestMails } from './test-mail.js';
import { getJson, nameOf, USERS } from './session.js';

/** Pauses between looks, in milliseconds: after an event, and at rest. */
const BUSY = 250;
const REST = 3_000;

/** So many mails are listed. */
const SHOWN = 200;

/** The mails that the development inbox caught, newest first. */
export function startMailbox(session) {
  let mails = [];
  let selected = null;
  let busyUntil = 0;
  let timer = null;
  let available = null; // unknown before the first answer

  const look = async () => {
    clearTimeout(timer);
    if (!document.hidden) await load();
    timer = setTimeout(look, performance.now() < busyUntil ? BUSY : REST);
  };
  const load = async () => {
    const before = available;
    try {
      const { mails: found } = await getJson(`/demo/mails?after=${mails[0]?.id ?? 0}`);
      available = true;
      const fresh = found.filter(({ id }) => !mails.some((mail) => mail.id === id));
      if (fresh.length === 0 && before) return;
      for (const mail of fresh) mail.fresh = before !== null;
      mails = [...fresh, ...mails].slice(0, SHOWN);
      for (const mail of fresh) session.tell('mail', mail);
    } catch {
      available = false;
    }
    draw();
  };
  const mine = ({ to }) => addresses(to).some((address) => address.startsWith(`${session.user}@`));
  const draw = () => {
    const only = $('#mail-mine').checked;
    const shown = mails.filter((mail) => !only || mine(mail));
    $('#mail-count').textContent = shown.length || '';
    $('#mails').replaceChildren(...(shown.length ? shown.map(row) : [empty(available !== false, only && nameOf(session.user))]));
    const open = shown.find(({ id }) => id === selected);
    $('#mail').hidden = !open;
    if (open && $('#mail').dataset.id !== String(open.id)) showMail(open);
  };
  const row = (mail) => {
    const toggle = () => {
      selected = selected === mail.id ? null : mail.id;
      mail.fresh = false;
      draw();
    };
    const button = el(
      'button',
      { type: 'button', 'aria-expanded': String(mail.id === selected), 'aria-controls': 'mail', on: { click: toggle } },
      avatar(recipient(mail), USERS.some(({ id }) => id === recipient(mail))),
      el('span', { class: 'subject' }, mail.subject || '(no subject)', el('small', {}, `to ${addresses(mail.to).join(', ')}`)),
      el('time', { datetime: mail.received_at }, clock(mail.received_at)),
    );
    return el('li', { class: `${mail.id === selected ? 'selected' : ''} ${mail.fresh ? 'fresh' : ''}` }, button);
  };

  session.on('published', () => {
    busyUntil = performance.now() + 10_000;
    look();
  });
  session.on('user', (user) => {
    $('#mail-who').textContent = nameOf(user);
    draw();
  });
  $('#mail-mine').addEventListener('change', draw);
  startTestMails(session, () => {
    busyUntil = performance.now() + 10_000;
    look();
  });
  document.addEventListener('visibilitychange', () => document.hidden || look());
  look();
}

function showMail(mail) {
  const body = el('div', { class: 'mailbody' });
  const plain = (text) => body.replaceChildren(el('pre', {}, text));
  const views = {
    HTML: () => showHtml(body, mail.html),
    Text: () => plain(mail.text || '(no text part)'),
    Source: () => sourceOf(mail).then((text) => shown === 'Source' && plain(text)),
  };
  let shown = null;
  const view = (name) => {
    shown = name;
    views[name]();
    for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.textContent === name));
  };
  const tabs = Object.keys(views).map((name) => el('button', { type: 'button', disabled: name === 'HTML' && !mail.html, on: { click: () => view(name) } }, name));
  const line = (name, value) => [el('dt', {}, name), el('dd', {}, value)];
  $('#mail').dataset.id = mail.id;
  $('#mail').replaceChildren(
    el('div', { class: 'mailhead' }, el('dl', {}, line('From', mail.from), line('To', addresses(mail.to).join(', '))), el('div', { class: 'tabs small' }, tabs)),
    body,
  );
  view(mail.html ? 'HTML' : 'Text');
}

/** The mail as it travelled. */
async function sourceOf({ id }) {
  const answer = await fetch(`/demo/mails/${id}/source`).catch(() => null);
  return answer?.ok ? answer.text() : '(its source was not kept)';
}

function empty(available, name) {
  const hint = available ? 'Mails that the pipeline sends are caught here and never leave this machine.' : 'The mail catcher does not answer.';
  return el('li', { class: 'empty' }, el('strong', {}, name ? `No mail for ${name} yet` : 'No mail yet'), hint);
}

/** Recipients as plain addresses, from a list or one text. */
function addresses(to) {
  return [to].flat().filter(Boolean).flatMap((text) => String(text).split(',')).map((text) => /<([^>]+)>/.exec(text)?.[1] ?? text.trim());
}

/** The part of the address before the @. */
function recipient({ to }) {
  return (addresses(to)[0] ?? '?').split('@')[0];
}

function clock(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
