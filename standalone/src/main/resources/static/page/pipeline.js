import { $, el } from './dom.js';
import { milliseconds } from './format.js';
import { nameOf } from './session.js';
import { routerVerdict, summary } from './verdicts.js';

const CHANNELS = { inapp: 'in-app', email: 'e-mail', push: 'push' };

/** The picture of the pipeline: what became of the latest event. */
export function startPipeline(session, journey) {
  const root = $('#pipeline');
  let current = null;

  const set = (node, { state, text }) => {
    const element = $(`[data-node=${node}]`, root);
    const output = $('output', element);
    element.dataset.state = state;
    if (output.textContent !== text) output.textContent = text;
  };
  const setAll = (nodes, verdict) => nodes.forEach((node) => set(node, verdict));

  const draw = (attempt) => {
    if (attempt !== current || attempt.acceptedMs === undefined) return;
    if (attempt.error) {
      set('event', { state: 'failed', text: attempt.error.status ? `refused with ${attempt.error.status}` : 'no answer' });
      setAll(['router', ...Object.keys(CHANNELS)], { state: 'idle', text: 'nothing to do' });
      return;
    }
    set('event', { state: 'done', text: `202 in ${milliseconds(attempt.acceptedMs)}` });
    const router = routerVerdict(attempt, session.now());
    set('router', router);
    const told = journey.told(attempt);
    for (const channel of Object.keys(CHANNELS)) {
      set(channel, router.state === 'busy' ? { state: 'idle', text: 'waiting' } : summary(told.map(({ verdicts }) => verdicts[channel]).filter(Boolean)));
    }
    drawTold(told);
  };
  const drawTold = (told) => {
    const list = $('#told', root);
    list.hidden = told.length < 2;
    list.replaceChildren(...(list.hidden ? [] : told.map(line)));
  };

  session.on('published', (attempt) => {
    current = attempt;
    root.classList.remove('run');
    requestAnimationFrame(() => root.classList.add('run'));
    set('event', { state: 'busy', text: 'sending…' });
    setAll(['router', ...Object.keys(CHANNELS)], { state: 'idle', text: 'waiting' });
    drawTold([]);
  });
  session.on('progress', draw);
}

/** A recipient with each channel's verdict. */
function line({ recipient, verdicts }) {
  return el(
    'li',
    {},
    el('b', {}, nameOf(recipient)),
    Object.keys(CHANNELS)
      .filter((channel) => verdicts[channel])
      .map((channel) => el('span', { class: verdicts[channel].state }, el('i', {}, CHANNELS[channel]), ` ${verdicts[channel].text}`)),
  );
}
