import { $, el } from './dom.js';
import { milliseconds } from './format.js';
import { nameOf } from './session.js';

const SHOWN = 6;

/** What became of the latest attempts, one line each. */
export function startHistory(session) {
  const attempts = [];
  const draw = () => $('#history').replaceChildren(...attempts.slice(0, SHOWN).map(line));
  session.on('published', (attempt) => {
    attempts.unshift(attempt);
    draw();
  });
  session.on('progress', draw);
}

function line(attempt) {
  const { event, error, answer } = attempt;
  const time = attempt.at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const status = error ? error.status || 'no answer' : answer ? '202' : '…';
  const steps = [
    attempt.acceptedMs !== undefined && answer && step('accepted', attempt.acceptedMs),
    attempt.inappMs !== undefined && step('on screen', attempt.inappMs),
    attempt.emailMs !== undefined && step('mail', attempt.emailMs),
    attempt.pushMs !== undefined && step('push', attempt.pushMs),
  ];
  return el(
    'li',
    {},
    el('time', {}, time),
    el('span', { class: `status ${error ? 'bad' : 'good'}` }, String(status)),
    el('span', { class: 'what' }, event.title ?? event.type ?? '', el('small', {}, ` to ${targetText(event)}`)),
    el('span', { class: 'steps' }, steps),
  );
}

function step(name, value) {
  return el('span', { class: 'step' }, `${name} `, el('b', {}, milliseconds(value)));
}

function targetText({ recipients, audiences, broadcast }) {
  if (broadcast) return 'everyone';
  return recipients ? recipients.map(nameOf).join(', ') || 'nobody' : (audiences ?? []).join(', ');
}
