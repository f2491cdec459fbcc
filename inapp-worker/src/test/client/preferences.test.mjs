import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FeedQuery, pagesOf } from '../../main/resources/client/feed-query.js';
import { choiceOf, PreferenceDraft, withChoice } from '../../main/resources/client/preference-draft.js';
import { quietUntil } from '../../main/resources/client/quiet-hours.js';

const NIGHT = { days: ['fri'], start: '22:00', end: '07:00', channels: ['email'] };

test('aWindowThatCrossesMidnightBelongsToTheDayOnWhichItBegins', () => {
  const quiet = (instant, window = NIGHT, zone = 'Europe/Vienna') => quietUntil({ quiet_hours: [window], time_zone: zone }, new Date(instant));
  assert.deepEqual(quiet('2026-11-20T21:30:00Z'), { end: '07:00', channels: ['email'] }, 'Friday 22:30 in Vienna');
  assert.deepEqual(quiet('2026-11-21T05:30:00Z'), { end: '07:00', channels: ['email'] }, 'Saturday 06:30');
  assert.equal(quiet('2026-11-21T06:00:00Z'), null, 'Saturday 07:00');
  assert.equal(quiet('2026-11-21T21:30:00Z'), null, 'Saturday 22:30');
  assert.equal(quiet('2026-11-20T20:30:00Z'), null, 'Friday 21:30');
});

test('aWindowWithoutDaysOrChannelsIsEveryDayForMailAndPush', () => {
  const lunch = { days: [], start: '12:00', end: '13:00' };
  assert.deepEqual(quietUntil({ quiet_hours: [lunch], time_zone: 'UTC' }, new Date('2026-11-20T12:00:00Z')), { end: '13:00', channels: ['email', 'push'] });
  assert.equal(quietUntil({ quiet_hours: [lunch], time_zone: 'UTC' }, new Date('2026-11-20T13:00:00Z')), null);
  assert.equal(quietUntil({}), null);
});

/** A server that keeps one document with a version, and refuses an old one. */
function scripted() {
  const server = { document: { channels: {}, version: 4 }, puts: [] };
  server.request = async (path, { method = 'GET', body, headers } = {}) => {
    assert.equal(path, '/preferences');
    if (method === 'GET') return server.document;
    server.puts.push(body);
    if (headers['If-Match'] !== `"${server.document.version}"`) throw Object.assign(new Error('412'), { status: 412 });
    return (server.document = { ...body, version: server.document.version + 1 });
  };
  return server;
}

test('quickChangesAreSavedOneAfterTheOtherWithoutAConflict', async () => {
  const server = scripted();
  const states = [];
  const draft = new PreferenceDraft(server, (_, { state }) => states.push(state));
  await draft.load();
  draft.change({ channels: { email: false } });
  const last = draft.change({ time_zone: 'Europe/Vienna' });
  assert.deepEqual(draft.document, { channels: { email: false }, time_zone: 'Europe/Vienna', version: 4 }, 'shown at once');
  await last;
  assert.deepEqual(server.document, { channels: { email: false }, time_zone: 'Europe/Vienna', version: 5 });
  assert.equal(server.puts.length, 1);
  await Promise.all([draft.change({ a: 1 }), draft.change({ b: 2 })]);
  assert.equal(server.document.version, 6);
  assert.ok(!states.includes('conflict'));
});

test('aChangeMadeElsewhereIsLoadedAgain', async () => {
  const server = scripted();
  const states = [];
  const draft = new PreferenceDraft(server, (_, { state }) => states.push(state));
  await draft.load();
  server.document = { channels: { push: false }, version: 9 };
  await draft.change({ channels: { email: false } });
  assert.deepEqual(draft.document, { channels: { push: false }, version: 9 });
  assert.equal(states.at(-1), 'conflict');
});

test('nobodyIsToldAfterTheUserChanged', async () => {
  const server = scripted();
  const states = [];
  const draft = new PreferenceDraft(server, (_, { state }) => states.push(state));
  await draft.load();
  draft.change({ a: 1 });
  draft.abandon();
  await draft.change({ b: 2 });
  assert.deepEqual(states, ['loaded', 'changed']);
  assert.deepEqual(server.document, { channels: {}, a: 1, b: 2, version: 5 }, 'but it is saved');
});

test('theMostPreciseWordCounts', () => {
  const type = { type: 'invoice.paid', category: 'billing' };
  assert.equal(choiceOf({}, type, 'email'), 'on');
  assert.equal(choiceOf({ channels: { email: false } }, type, 'email'), 'off');
  assert.equal(choiceOf({ channels: { email: false }, categories: { billing: { email: 'on' } } }, type, 'email'), 'on');
  assert.equal(choiceOf({ categories: { billing: { email: 'on' } }, types: { 'invoice.paid': { email: 'off' } } }, type, 'email'), 'off');
  assert.equal(choiceOf({ types: { 'invoice.paid': { email: 'digest' } } }, type, 'email'), 'digest');
  assert.equal(choiceOf({}, { ...type, channels: ['inapp'] }, 'email'), 'off', 'a type has channels of its own');
  assert.equal(choiceOf({}, { ...type, channels: ['inapp'] }, 'in_app'), 'on');
  assert.deepEqual(withChoice({ types: { a: { push: 'off' } } }, 'a', 'email', 'off'), { a: { push: 'off', email: 'off' } });
});

test('everyChangeButTurningThePageGoesToTheFirst', () => {
  const third = new FeedQuery({ limit: 10 }).with({ page: 3 });
  assert.deepEqual(third.toParameters(), { status: undefined, q: '', type: '', category: '', date_range: '', priority: '', thread: '', page: 3, limit: 10 });
  assert.ok(!third.showsNewest);
  const searched = third.with({ q: ' bill ', view: 'unreadOnly' });
  assert.deepEqual(searched.toParameters(), { status: 'unread', q: 'bill', type: '', category: '', date_range: '', priority: '', thread: '', page: 1, limit: 10 });
  const unfolded = third.with({ thread: 'ticket-7' });
  assert.equal(unfolded.toParameters().thread, 'ticket-7');
  assert.equal(unfolded.page, 1);
  assert.ok(!unfolded.showsNewest, 'a new one may be of another thread');
  assert.equal(new FeedQuery({ view: '__proto__' }).view, 'all');
});

test('pagesAreCountedFromWhatTheServerTells', () => {
  assert.equal(pagesOf({ pages: 0 }), 1);
  assert.equal(pagesOf({ pages: 7 }), 7);
  assert.equal(pagesOf({ filtered_count: 41, limit: 20 }), 3);
  assert.equal(pagesOf({}), 1);
});
