import { el, problem } from './dom.js';
import { number } from './format.js';
import { INGEST, Place, QUEUE, QUEUE_WITH_RETRIES } from './flow-place.js';
import { placeName, stateOf, summaryOf } from './flow-state.js';
import { Page } from './page.js';

const PATH = '/api/v1/ops/flow';
const EVERY = 5_000;
const CHANNELS = ['inapp', 'email', 'push'];
/** A measurement that is older says that none succeeds any more. */
const STALE_SECONDS = 40;

/** The pipeline with what flows, waits and failed at each place. */
export class FlowPage extends Page {
  #error = problem();
  #loading = el('p', { class: 'empty' }, 'Measuring…');
  #summary = el('p', { class: 'summary', role: 'status', hidden: true });
  #measured = el('p', { class: 'hint' });
  #drawing;
  #ingest = new Place('Ingest', INGEST, 'ingest-api');
  #router = new Place('Router', QUEUE, 'router-stream');
  #channels = new Map(CHANNELS.map((code) => [code, new Place(placeName(code), code === 'inapp' ? QUEUE : QUEUE_WITH_RETRIES, code)]));

  render() {
    this.#drawing = el('div', { class: 'drawing', hidden: true },
      el('ol', { class: 'flow', 'aria-label': 'The pipeline, from left to right' },
        el('li', {}, this.#ingest.element),
        el('li', {}, this.#router.element),
        el('li', {}, el('ul', { class: 'ends', 'aria-label': 'Channels' }, [...this.#channels.values()].map(({ element }) => el('li', {}, element))))),
      this.#measured,
      el('p', { class: 'hint' }, '≤ counts the ends of the router’s transactions too: what is true lies between half of it and it. The bulk lane may be behind without harm. Dead counts the open dead letters of a lane.'));
    this.replaceChildren(
      el('div', { class: 'intro' }, el('h1', {}, 'Flow'), el('p', {}, 'What arrives, waits and failed at each place of the pipeline.')),
      this.#error, this.#summary, this.#loading, this.#drawing);
    this.#load(false);
    this.every(EVERY, () => this.#load(true));
  }

  async #load(background) {
    try {
      this.#show(await this.api.get(PATH, { background }));
      this.#error.show(null);
    } catch (refusal) {
      const young = refusal.code === 'not_measured';
      this.#error.show(young ? null : refusal);
      this.#loading.hidden = !young;
      this.#measured.textContent = 'The last refresh failed: this is what was known before.';
      if (young) this.#loading.replaceChildren(el('strong', {}, 'Nothing has been measured yet.'), 'It takes some seconds after a start; if it stays so, the broker does not answer.');
    }
  }

  #show({ stages, dead_letters: dead, age_seconds: age, over_seconds: seconds }) {
    const open = Object.fromEntries(dead.map(({ channel, open: count }) => [channel, count]));
    const seen = stages.map((lane) => ({ ...lane, name: lane.lane ?? 'from Kafka', state: stateOf(lane, seconds) }));
    const of = (code) => seen.filter(({ stage }) => stage === code).map((lane) => ({ name: lane.name, lane, state: lane.state }));
    const accepted = of('router').map(({ name, lane }) => ({ name, lane: { arriving_per_second: lane.arriving_per_second } }));
    this.#ingest.show([...accepted, ...of('inbound')], open['ingest-api']);
    this.#router.show(of('router'), open['router-stream']);
    for (const [code, place] of this.#channels) place.show(of(code), open[code]);
    this.#tell(seen, age);
    this.#measured.textContent = `Measured ${number(Math.round(age))} s ago${seconds === undefined ? '; rates need a second measurement.' : `, rates over ${number(Math.round(seconds))} s.`}`;
    this.#loading.hidden = true;
    this.#drawing.hidden = false;
  }

  /** Read out only where it changes. */
  #tell(seen, age) {
    const { trouble, text } = age > STALE_SECONDS
      ? { trouble: true, text: 'The broker does not answer: this is what was measured last.' }
      : summaryOf(seen);
    this.#summary.hidden = false;
    this.#summary.dataset.state = trouble ? 'trouble' : 'fine';
    if (this.#summary.textContent !== text) this.#summary.textContent = text;
  }
}
