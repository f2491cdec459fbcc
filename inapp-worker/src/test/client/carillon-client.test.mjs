import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CarillonClient } from '../../main/resources/client/carillon-client.js';
import { fakeServer } from './fake-server.mjs';

const QUICK = { base: 1, cap: 5 };

async function setUp(t, { script, ...options } = {}) {
  const server = await fakeServer(script);
  const page = new EventTarget();
  const client = new CarillonClient({ baseUrl: server.url, token: 'secret', document: page, backoff: QUICK, ...options });
  t.after(() => {
    client.disconnect();
    server.close();
  });
  return { server, page, client, next: (type) => nextEvent(client, type) };
}

function nextEvent(target, type) {
  return new Promise((resolve) => target.addEventListener(type, (event) => resolve(event.detail), { once: true }));
}

test('connectsWithItsTokenAndSaysWhoItIs', async (t) => {
  const { server, client, page, next } = await setUp(t);
  const statuses = [];
  page.addEventListener('carillon-status', ({ detail }) => statuses.push(detail.status));
  client.connect();
  const stream = await server.stream();
  assert.equal(stream.headers.authorization, 'Bearer secret');
  assert.equal(stream.headers.accept, 'text/event-stream');
  assert.equal(stream.headers['last-event-id'], undefined);
  const counted = next('count');
  stream.send('connected', { user_id: 'ada', connection_id: 'c1', unread_count: 7 });
  assert.deepEqual(await counted, { count: 7 });
  assert.equal(client.userId, 'ada');
  client.disconnect();
  assert.deepEqual(statuses, ['connecting', 'connected', 'disconnected']);
});

test('resumesAfterTheLastIdAndShowsNothingTwice', async (t) => {
  const { server, client, next } = await setUp(t);
  const shown = [];
  client.addEventListener('notification', ({ detail }) => shown.push(detail.notification.id));
  client.connect();
  const first = await server.stream();
  first.send('connected', { user_id: 'ada', unread_count: 0 }, 't.0.1');
  const arrived = next('notification');
  first.send('notification', { id: 'a', rev: '5.1' }, 't.0.2');
  await arrived;
  first.cut();
  const second = await server.stream();
  assert.equal(second.headers['last-event-id'], 't.0.2');
  second.send('notification', { id: 'a', rev: '5.1' }, 't.0.2');
  const newer = next('notification');
  second.send('notification', { id: 'b', rev: '5.2' }, 't.0.3');
  await newer;
  assert.deepEqual(shown, ['a', 'b']);
  assert.equal(client.lastSeen, 't.0.3');
});

test('whatComesBackFromBeingSnoozedIsShownAgain', async (t) => {
  const { server, client, next } = await setUp(t);
  const shown = [];
  client.addEventListener('notification', ({ detail }) => shown.push(`${detail.notification.id} ${detail.toast}`));
  client.connect();
  const stream = await server.stream();
  stream.send('connected', { user_id: 'ada', unread_count: 0 }, 't.0.1');
  stream.send('notification', { id: 'a', rev: '5.1' }, 't.0.2');
  stream.send('updated', { id: 'a', snoozed_until: '2999-01-01T00:00:00Z' }, 't.0.3');
  stream.send('notification', { id: 'a', rev: '5.1' }, 't.0.4');
  const woken = { id: 'a', woken: true, woken_at: '2999-01-01T00:00:01Z', snoozed_until: null, is_read: false };
  const again = { id: 'a', rev: '5.1', woken_at: '2999-01-01T00:00:01Z' };
  // Polling gives them in the other order, and another tab that takes over may give them once more.
  stream.send('notification', again, 't.0.5');
  stream.send('updated', woken, 't.0.6');
  stream.send('updated', woken, 't.0.7');
  stream.send('notification', again, 't.0.8');
  stream.send('notification', { id: 'b', rev: '5.2' }, 't.0.9');
  while (!shown.includes('b true')) await next('notification');
  assert.deepEqual(shown, ['a true', 'a true', 'b true']);
});

test('losesNothingHoweverOftenTheStreamIsCut', async (t) => {
  const { server, client } = await setUp(t, { transports: ['sse'] });
  const seen = [];
  const all = new Promise((resolve) => {
    client.addEventListener('notification', ({ detail }) => seen.push(detail.notification.id) === 200 && resolve());
  });
  client.connect();
  let done = false;
  all.then(() => (done = true));
  for (let cut = 7; !done; cut = (cut * 31 + 11) % 900) {
    const stream = await Promise.race([server.stream(), all]);
    if (!stream) break;
    const from = Number(stream.headers['last-event-id']?.split('.')[2] ?? 0);
    let text = '';
    for (let n = from + 1; n <= 200; n++) text += `id: t.0.${n}\nevent: notification\ndata: {"id":"n${n}"}\n\n`;
    stream.raw(text.slice(0, cut));
    await new Promise((resolve) => setImmediate(resolve));
    stream.cut();
  }
  await all;
  assert.deepEqual(seen, Array.from({ length: 200 }, (_, i) => `n${i + 1}`));
});

test('reloadForgetsThePositionAndAsksForTheCount', async (t) => {
  const { server, client, next } = await setUp(t);
  client.lastSeen = 't.0.9';
  client.connect();
  const first = await server.stream();
  assert.equal(first.headers['last-event-id'], 't.0.9');
  const reloaded = next('reload');
  first.send('reload', { reason: 'gap' }, 't.0.9');
  await reloaded;
  assert.equal(client.lastSeen, '');
});

test('aStreamThatReplaysNothingMakesTheScreensLoad', async (t) => {
  const { server, client, next } = await setUp(t);
  let reloads = 0;
  client.addEventListener('reload', () => reloads++);
  client.connect();
  const first = await server.stream();
  const fresh = next('reload');
  first.send('connected', { user_id: 'ada', unread_count: 0 }, 't.0.1');
  await fresh;
  const arrived = next('notification');
  first.send('notification', { id: 'a' }, 't.0.2');
  await arrived;
  first.cut();
  const second = await server.stream();
  second.send('connected', { user_id: 'ada', unread_count: 1 }, 't.0.2');
  const newer = next('notification');
  second.send('notification', { id: 'b' }, 't.0.3');
  await newer;
  assert.equal(reloads, 1);
});

test('aStreamWhosePositionWasRefusedMakesTheScreensLoad', async (t) => {
  const script = { answer: ({ headers }) => (headers['last-event-id'] ? { status: 400, body: { title: 'Bad Request' } } : null) };
  const { server, client, next } = await setUp(t, { script });
  client.lastSeen = 'nonsense';
  client.connect();
  const reloaded = next('reload');
  (await server.stream()).send('connected', { user_id: 'ada' }, 't.0.1');
  await reloaded;
});

test('aPositionThatTheServerRefusesIsForgotten', async (t) => {
  const script = { answer: ({ headers }) => (headers['last-event-id'] ? { status: 400, body: { title: 'Bad Request' } } : null) };
  const { server, client } = await setUp(t, { script });
  client.lastSeen = 'nonsense';
  client.connect();
  assert.equal((await server.stream()).headers['last-event-id'], undefined);
});

test('renewsARefusedTokenOnceForAllCalls', async (t) => {
  const asked = [];
  const script = {
    answer: ({ headers, url }) =>
      headers.authorization === 'Bearer new' ? (url.endsWith('/stream') ? null : { body: { unread_count: 3 } }) : { status: 401, body: { title: 'Unauthorized' } },
  };
  const token = ({ renew }) => (asked.push(renew), renew ? 'new' : 'old');
  const { client } = await setUp(t, { script, token });
  assert.deepEqual(await Promise.all([client.unreadCount(), client.unreadCount(), client.unreadCount()]), [3, 3, 3]);
  assert.deepEqual(asked, [false, true]);
});

test('aStreamWhoseTokenHasExpiredComesBackWithANewOneWhereItWas', async (t) => {
  let issued = 0;
  const { client, server, next } = await setUp(t, { token: () => `token-${++issued}` });
  client.connect();
  const first = await server.stream();
  assert.equal(first.headers.authorization, 'Bearer token-1');
  const arrived = next('notification');
  first.send('notification', { id: 'a' }, 't.0.2');
  await arrived;
  first.send('close', { reason: 'token_expired', retry_after_ms: 0 });
  const second = await server.stream();
  assert.equal(second.headers.authorization, 'Bearer token-2');
  assert.equal(second.headers['last-event-id'], 't.0.2');
  await first.closed;
});

/** EventSource is told by `retry:` as well. */
test('whatTheLastEventAsksForIsWaitedOnce', async (t) => {
  const { client, server } = await setUp(t, { backoff: { base: 1, cap: 3_600_000 } });
  const pause = nextMatching(client, 'status', ({ status }) => status === 'reconnecting');
  client.connect();
  const first = await server.stream();
  first.raw('retry: 20\n\n');
  first.send('connected', { user_id: 'ada' }, 't.0.1');
  first.raw('retry: 3600000\nevent: close\ndata: {"reason":"shutdown","retry_after_ms":100}\n\n');
  const { delay } = await pause;
  assert.ok(delay >= 110 && delay <= 120, `${delay} ms`);
});

test('givesUpWhereNobodyCanRenewTheToken', async (t) => {
  const { client, server } = await setUp(t, { script: { answer: () => ({ status: 401, body: { title: 'Unauthorized' } }) } });
  const ended = nextMatching(client, 'status', ({ status }) => status === 'disconnected');
  client.connect();
  assert.equal((await ended).reason, 'unauthorized');
  assert.equal(server.requests.length, 1);
  await assert.rejects(client.list(), { name: 'CarillonError', status: 401, message: 'Unauthorized' });
});

test('comesBackWhenTheServerIsAwayAndHonoursItsWish', async (t) => {
  let refusals = 2;
  const script = { answer: ({ url }) => (url.endsWith('/stream') && refusals-- > 0 ? { status: 503, headers: { 'Retry-After': '0' } } : null) };
  const { client, server } = await setUp(t, { script });
  const reasons = [];
  client.addEventListener('status', ({ detail }) => reasons.push(detail.reason ?? detail.status));
  client.connect();
  await server.stream();
  assert.deepEqual(reasons.filter((reason) => reason !== 'connected'), ['connecting', 'http_503', 'http_503']);
});

test('aSilentStreamIsGivenUpAsDead', async (t) => {
  const { client, server } = await setUp(t, { staleAfter: 300, transports: ['sse'] });
  const stale = nextMatching(client, 'status', ({ reason }) => reason === 'stale');
  client.connect();
  const first = await server.stream();
  await stale;
  await first.closed;
  await server.stream();
});

test('aCloseThatIsFinalIsObeyed', async (t) => {
  const { client, server } = await setUp(t);
  const ended = nextMatching(client, 'status', ({ status }) => status === 'disconnected');
  client.connect();
  const stream = await server.stream();
  stream.send('close', { reason: 'too_many_connections' });
  assert.equal((await ended).reason, 'too_many_connections');
  await stream.closed;
});

test('thePageMayKeepTheToastAway', async (t) => {
  const { client, server, page, next } = await setUp(t);
  client.connect();
  const stream = await server.stream();
  let event = next('notification');
  stream.send('notification', { id: 'a' });
  assert.equal((await event).toast, true);
  event = next('notification');
  stream.send('notification', { id: 'b', silent: true });
  assert.equal((await event).toast, false);
  page.addEventListener('carillon-notification', (notification) => notification.preventDefault());
  event = next('notification');
  stream.send('notification', { id: 'c' });
  assert.equal((await event).toast, false);
});

test('theCountIsAskedForWhereTheStreamDoesNotTellIt', async (t) => {
  const { client, server, next } = await setUp(t, { script: { answer: ({ url }) => (url.endsWith('unread-count') ? { body: { unread_count: 5 } } : null) } });
  client.connect();
  const stream = await server.stream();
  stream.send('connected', { user_id: 'ada', unread_count: 4 });
  await next('count');
  stream.send('notification', { id: 'a' });
  assert.deepEqual(await next('count'), { count: 5 });
});

test('aLateAnswerDoesNotTakeBackANewerCount', async (t) => {
  let answerNow;
  const late = new Promise((resolve) => (answerNow = resolve));
  const script = { answer: ({ url }) => (url.endsWith('unread-count') ? { body: { unread_count: 0 } } : null), delay: ({ url }) => url.endsWith('unread-count') && late };
  const { client, server, next } = await setUp(t, { script });
  client.connect();
  const stream = await server.stream();
  stream.send('connected', { user_id: 'ada' });
  const asked = client.unreadCount();
  const counted = next('count');
  stream.send('count', { count: 1, unread_count: 1 });
  await counted;
  answerNow();
  assert.equal(await asked, 0);
  assert.equal(client.count, 1);
});

test('everyCallGoesToItsAddress', async (t) => {
  const { client, server, next } = await setUp(t);
  const updated = next('updated');
  await client.markRead('a/b');
  assert.deepEqual(await updated, { id: 'a/b', is_read: true });
  await client.markAllRead();
  await client.dismiss('x');
  await client.dismissGroup('job/1');
  await client.list({ limit: 5, cursor: null, q: 'ä b' });
  const calls = server.requests.filter(({ url }) => !url.endsWith('unread-count')).map(({ method, url }) => `${method} ${url}`);
  assert.deepEqual(calls, [
    'POST /api/v1/notifications/a%2Fb/read',
    'POST /api/v1/notifications/read-all',
    'DELETE /api/v1/notifications/x',
    'DELETE /api/v1/notifications?group=job%2F1',
    'GET /api/v1/notifications?limit=5&q=%C3%A4+b',
  ]);
});

function nextMatching(target, type, wanted) {
  return new Promise((resolve) => target.addEventListener(type, ({ detail }) => wanted(detail) && resolve(detail)));
}
