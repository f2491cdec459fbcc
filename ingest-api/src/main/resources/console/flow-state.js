import { channelName, number } from './format.js';

/** What would take longer than this at the present pace is behind. */
const BEHIND_SECONDS = 30;

/** What a lane of a stage does, in words; `code` is one of quiet, measuring, steady, behind, still, unread. */
export function stateOf({ read, waiting, arriving_per_second: arriving, done_per_second: done }, seconds) {
  if (waiting === 0) return arriving > 0 || done > 0 ? { code: 'steady', text: 'keeps up' } : { code: 'quiet', text: 'quiet' };
  if (!read) return { code: 'unread', text: 'nobody reads it' };
  if (seconds === undefined) return { code: 'measuring', text: 'is being measured' };
  // Something of it waited already when the measurement began.
  if (done === 0) return waiting > arriving * seconds ? { code: 'still', text: 'stands still' } : { code: 'steady', text: 'keeps up' };
  const behind = waiting / done;
  return behind > BEHIND_SECONDS ? { code: 'behind', text: `behind, about ${span(behind)}` } : { code: 'steady', text: 'keeps up' };
}

export const placeName = (stage) => (stage === 'inbound' ? 'Ingest' : stage === 'router' ? 'Router' : channelName(stage));

/** All lanes in a sentence, and whether somebody should look: the bulk lane may be behind without harm. */
export function summaryOf(lanes) {
  const all = lanes.map(({ stage, lane, name, state }) => ({ lane, code: state.code, text: `${placeName(stage)}, ${name}: ${state.code === 'behind' ? 'behind' : state.text}` }));
  const trouble = all.filter(({ lane, code }) => code === 'still' || code === 'unread' || (code === 'behind' && lane !== 'bulk'));
  if (trouble.length) return { trouble: true, text: `${trouble.map(({ text }) => text).join(' · ')}.` };
  const has = (wanted) => all.some(({ code }) => code === wanted);
  if (has('measuring')) return { trouble: false, text: 'What waits is being measured.' };
  if (has('behind')) return { trouble: false, text: 'Everything direct keeps up; bulk work is behind.' };
  return { trouble: false, text: has('steady') ? 'Everything keeps up.' : 'Nothing is under way.' };
}

function span(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${number(Math.round(seconds / 3_600))} h`;
}

/** A number of records; `≤` where the ends of transactions are among them. */
export function records(value, approximate) {
  if (value === undefined || value === null) return '–';
  return `${approximate && value > 0 ? '≤ ' : ''}${number(value)}`;
}
