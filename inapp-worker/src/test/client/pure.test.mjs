import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff, retryAfter } from '../../main/resources/client/backoff.js';
import { FeedList } from '../../main/resources/client/feed-list.js';
import { safeLink } from '../../main/resources/client/links.js';
import { decodeKey, deviceLabel, PushDevice } from '../../main/resources/client/push-device.js';
import { side } from '../../main/resources/client/place.js';
import { relativeTime } from '../../main/resources/client/relative-time.js';
import { Seen } from '../../main/resources/client/seen.js';

const rev = (second, offset) => ({ accepted_at: `2026-11-20T10:00:${second}Z`, offset });

test('pausesDoubleUpToTheCapAndAreHalfRandom', () => {
  const least = new Backoff({ base: 500, cap: 8000, random: () => 0 });
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(() => least.next()), [250, 500, 1000, 2000, 4000, 4000, 4000]);
  const most = new Backoff({ base: 500, cap: 8000, random: () => 1 });
  assert.deepEqual([1, 2, 3].map(() => most.next()), [500, 1000, 2000]);
  most.reset();
  assert.equal(most.next(10_000), 10_500, 'what the server asked for comes on top');
});

test('retryAfterIsReadAsSecondsAndAsADate', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  assert.equal(retryAfter('3', now), 3000);
  assert.equal(retryAfter('Fri, 20 Nov 2026 10:00:05 GMT', now), 5000);
  assert.equal(retryAfter('Fri, 20 Nov 2026 09:00:00 GMT', now), 0);
  assert.equal(retryAfter('999999', now), 600_000);
  assert.equal(retryAfter('soon', now), 0);
  assert.equal(retryAfter(null, now), 0);
});

test('aNotificationIsTakenOnceInEachHigherRevision', () => {
  const seen = new Seen(2);
  assert.ok(seen.add({ id: 'a', rev: rev('00', 5) }));
  assert.ok(!seen.add({ id: 'a', rev: rev('00', 5) }));
  assert.ok(!seen.add({ id: 'a', rev: rev('00', 4) }));
  assert.ok(seen.add({ id: 'a', rev: rev('00', 12) }), 'compared as numbers, not as text');
  assert.ok(seen.add({ id: 'b' }));
  assert.ok(!seen.add({ id: 'b' }));
  assert.ok(seen.add({ id: 'c' }));
  assert.ok(seen.add({ id: 'a', rev: rev('00', 12) }), 'the oldest was forgotten');
});

test('revisionsAreOrderedByInstantAndOffset', () => {
  const newer = (one, other) => {
    const seen = new Seen();
    seen.add({ id: 'a', rev: other });
    return seen.add({ id: 'a', rev: one });
  };
  assert.ok(newer(rev('00', 10), rev('00', 2)));
  assert.ok(newer(rev('00.5', 2), rev('00.25', 9)));
  assert.ok(!newer(rev('00.25', 9), rev('00.5', 2)));
  assert.ok(!newer(rev('00', 5), rev('00', 5)));
  assert.ok(newer(rev('00', 0), null));
  assert.ok(!newer(null, undefined));
});

test('whatWasSeenIsKnownToTheNextPage', () => {
  const before = new Seen();
  for (const id of ['a', 'b', 'c']) before.add({ id, rev: rev('00', 1), woken_at: '2026-11-20T11:00:00Z' });
  const after = new Seen();
  after.load(JSON.parse(JSON.stringify(before.latest(2))));
  assert.ok(after.add({ id: 'a', rev: rev('00', 1) }));
  assert.ok(!after.add({ id: 'b', rev: rev('00', 1), woken_at: '2026-11-20T11:00:00Z' }));
  assert.ok(after.add({ id: 'c', rev: rev('00', 1), woken_at: '2026-11-20T12:00:00Z' }));
});

test('onlyHttpAndRelativeLinksAreFollowed', () => {
  const base = 'https://app.example/feed/';
  const hostile = [
    'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,<script>1</script>',
    'vbscript:x', 'blob:https://app.example/1', 'file:///etc/passwd', 'http://', '', '   ', null, undefined, 7, {},
  ];
  for (const link of hostile) assert.equal(safeLink(link, base), null, String(link));
  assert.equal(safeLink('/invoices/1', base), 'https://app.example/invoices/1');
  assert.equal(safeLink('?q=javascript:1', base), 'https://app.example/feed/?q=javascript:1');
  assert.equal(safeLink('https://other.example/a', base), 'https://other.example/a');
});

test('agesAreSaidInWordsAndThenAsDates', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  const said = (age) => relativeTime(now - age, now, 'en');
  assert.equal(said(-60_000), 'now');
  assert.equal(said(20_000), 'now');
  assert.equal(said(50_000), '1 min. ago');
  assert.equal(said(59.6 * 60_000), '1 hr. ago');
  assert.equal(said(23.7 * 3_600_000), 'yesterday');
  assert.equal(said(3 * 86_400_000), '3 days ago');
  assert.equal(said(9 * 86_400_000), 'Nov 11');
  assert.equal(said(400 * 86_400_000), 'Oct 16, 2025');
});

test('theListReplacesAGroupAndKeepsTheNewestOnTop', () => {
  const list = new FeedList();
  list.load({ notifications: [{ id: 'b', group: 'job' }, { id: 'a' }], next_cursor: 'x' });
  list.add({ id: 'c', group: 'job' });
  assert.deepEqual(list.items.map(({ id }) => id), ['c', 'a']);
  list.load({ notifications: [{ id: 'z' }] }, true);
  assert.deepEqual(list.items.map(({ id }) => id), ['c', 'a', 'z']);
  assert.equal(list.cursor, null);
});

test('theListKeepsATimeSeriesAndTakesNothingThatIsNeverStored', () => {
  const list = new FeedList();
  list.load({ notifications: [{ id: 'a', group: 'cpu', mode: 'timeseries' }] });
  list.add({ id: 'b', group: 'cpu', mode: 'timeseries' });
  list.add({ id: 'c', group: 'cpu', mode: 'ephemeral' });
  assert.deepEqual(list.items.map(({ id }) => id), ['b', 'a']);
});

test('whatArrivesWhileTheListIsOnItsWayIsNotLost', () => {
  const list = new FeedList();
  list.add({ id: 'before' });
  list.ask();
  for (const id of ['b', 'c', 'dismissed']) list.add({ id });
  list.update({ id: 'dismissed', dismissed: true });
  list.load({ notifications: [{ id: 'b' }, { id: 'a' }] });
  assert.deepEqual(list.items.map(({ id }) => id), ['c', 'b', 'a']);
  list.ask();
  list.load({ notifications: [{ id: 'a' }] });
  assert.deepEqual(list.items.map(({ id }) => id), ['a']);
});

test('whatArrivesWhileTheListIsOnItsWayStandsForWhatItReplacedAndItsThread', () => {
  const list = new FeedList();
  list.ask();
  list.add({ id: 'b', title: 'newer' });
  list.add({ id: '2 of 3', group: 'job' });
  list.add({ id: 'reply', thread: 't', thread_count: null });
  list.load({ notifications: [{ id: 'b', title: 'older' }, { id: '1 of 3', group: 'job' }, { id: 'first', thread: 't', thread_count: 2 }] });
  assert.deepEqual(list.items, [{ id: 'reply', thread: 't', thread_count: 3 }, { id: '2 of 3', group: 'job' }, { id: 'b', title: 'newer' }]);
});

test('whatArrivesInAThreadIsOneEntryWithIt', () => {
  const list = new FeedList();
  const entries = () => list.items.map(({ id, thread_count: count }) => `${id} ${count}`);
  list.load({ notifications: [{ id: 'b', thread: 't', thread_count: 3 }, { id: 'a', thread_count: null }] });
  list.add({ id: 'c', thread: 't', thread_count: null });
  assert.deepEqual(entries(), ['c 4', 'a null']);
  list.add({ id: 'c', thread: 't', title: 'in a higher revision' });
  assert.deepEqual(entries(), ['c 4', 'a null']);
  list.add({ id: 'd', thread: 'other' });
  list.add({ id: 'e', thread: 'other' });
  assert.deepEqual(entries(), ['e 2', 'c 4', 'a null']);
});

test('theListFollowsWhatHappenedElsewhere', () => {
  const list = new FeedList();
  list.load({ notifications: ['a', 'b', 'c', 'd'].map((id) => ({ id, is_read: false, group: id === 'd' ? 'g' : null })) });
  list.update({ id: 'a', is_read: true });
  list.update({ id: 'b', dismissed: true });
  list.update({ group: 'g', dismissed: true });
  assert.deepEqual(list.items, [{ id: 'a', is_read: true, group: null }, { id: 'c', is_read: false, group: null }]);
  list.update({ all: true, is_read: true });
  list.update({ id: 'unknown', is_read: true });
  assert.ok(list.items.every((item) => item.is_read));
  list.update({ id: 'c', archived_at: null, is_read: false });
  list.load({ notifications: ['a', 'c'].map((id) => ({ id, created_at: `2026-11-20T10:00:0${id === 'a' ? 1 : 9}.5Z`, is_read: false })) });
  list.update({ all: true, is_read: true, up_to: '2026-11-20T10:00:05Z' });
  assert.deepEqual(list.items.map((item) => item.is_read), [true, false], 'what came later stays unread');
  list.update({ id: 'c', replaced_by: 'e' });
  assert.deepEqual(list.items.map(({ id }) => id), ['a']);
  list.update({ id: 'a', expired: true });
  assert.deepEqual(list.items, [], 'its time is over');
});

test('theVapidKeyIsDecodedFromBase64Url', () => {
  assert.deepEqual([...decodeKey('-_8B')], [251, 255, 1]);
  assert.equal(decodeKey('BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8').length, 65);
});

test('pushSaysWhatThisBrowserCanDo', async () => {
  const state = (window) => new PushDevice({ worker: 'https://a.example/sw.js', window }).state();
  const able = (permission, subscription) => ({
    isSecureContext: true,
    PushManager: class {},
    Notification: { permission },
    navigator: {
      serviceWorker: { getRegistration: async () => ({ pushManager: { getSubscription: async () => subscription } }) },
    },
  });
  assert.equal(await state({ isSecureContext: false }), 'insecure');
  assert.equal(await state({ isSecureContext: true, navigator: { userAgent: 'Firefox' } }), 'unsupported');
  assert.equal(await state({ isSecureContext: true, navigator: { userAgent: 'iPhone' } }), 'install');
  assert.equal(await state(able('denied', null)), 'denied');
  assert.equal(await state(able('default', null)), 'off');
  assert.equal(await state(able('granted', {})), 'on');
});

test('devicesGetANameThatPeopleRecognise', () => {
  const label = (userAgent, userAgentData) => deviceLabel({ userAgent, userAgentData });
  assert.equal(label('Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'), 'Firefox on Linux');
  assert.equal(label('Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) AppleWebKit/605.1.15 Version/18.5 Safari/604.1'), 'Safari on iPhone');
  assert.equal(label('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36', { platform: 'Windows' }), 'Chrome on Windows');
  assert.equal(label(''), undefined);
});

test('aPanelOpensWhereThereIsRoom', () => {
  assert.deepEqual(side({ top: 10, bottom: 50 }, 800), { up: false, room: 734 });
  assert.deepEqual(side({ top: 750, bottom: 790 }, 800), { up: true, room: 734 });
  assert.deepEqual(side({ top: 120, bottom: 160 }, 300), { up: false, room: 124 });
});
