import { $, el } from './dom.js';
import { milliseconds } from './format.js';
import { PRESETS } from './presets.js';
import { nameOf } from './session.js';
import { routerVerdict, summary } from './verdicts.js';

const SHOWN = 6;
const CHANNELS = { inapp: 'in-app', email: 'mail', push: 'push' };

/** What became of the latest attempts, one line each; the rest behind a button. */
export function startHistory(session, journey) {
  const more = $('#history-more');
  let all = false;
  const draw = () => {
    const { attempts } = session;
    if (attempts.length === 0) return;
    $('#history').replaceChildren(...attempts.slice(0, all ? attempts.length : SHOWN).map((attempt) => line(attempt, session, journey)));
    more.hidden = attempts.length <= SHOWN;
    more.textContent = all ? 'Show fewer' : `Show all ${attempts.length}`;
  };
  more.addEventListener('click', () => {
    all = !all;
    draw();
  });
  session.on('published', draw);
  session.on('progress', draw);
  session.on('user', draw);
  draw();
}

function line(attempt, session, journey) {
  const { event, error, answer, startedAt } = attempt;
  const time = new Date(startedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const status = error ? error.status || 'no answer' : answer ? '202' : '…';
  return el(
    'li',
    {},
    el('time', {}, time),
    el('span', { class: `status ${error ? 'bad' : 'good'}` }, String(status)),
    el('span', { class: 'what' }, titleOf(event), el('small', {}, ` to ${targetText(event)}`)),
    el('span', { class: 'steps' }, steps(attempt, session, journey)),
  );
}

function steps(attempt, session, journey) {
  if (!attempt.answer) return [];
  const accepted = step('accepted', attempt.acceptedMs === undefined ? '' : milliseconds(attempt.acceptedMs));
  const told = journey.told(attempt);
  if (told.length === 0) return [accepted, step(routerVerdict(attempt, session.now()).text, '')];
  const channels = Object.keys(CHANNELS).map((channel) => [channel, told.map(({ verdicts }) => verdicts[channel]).filter(Boolean)]);
  return [accepted, ...channels.filter(([, verdicts]) => verdicts.some(({ state }) => state !== 'idle')).map(([channel, verdicts]) => step(CHANNELS[channel], summary(verdicts).text))];
}

function step(name, value) {
  return el('span', { class: 'step' }, `${name} `, el('b', {}, value));
}

/** The event's own title, else the name that the demo gives to its type. */
function titleOf({ title, type }) {
  return title ?? PRESETS.find(({ event }) => event.type === type)?.label ?? type ?? '(no title)';
}

function targetText({ recipients, audiences, broadcast }) {
  if (broadcast) return 'everyone';
  return recipients ? recipients.map(nameOf).join(', ') || 'nobody' : (audiences ?? []).join(', ');
}
