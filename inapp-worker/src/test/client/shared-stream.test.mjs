import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CarillonClient } from '../../main/resources/client/carillon-client.js';
import { subjectOf } from '../../main/resources/client/shared-stream.js';
import { Page } from './fake-page.mjs';
import { fakeServer } from './fake-server.mjs';

const claims = (object) => `x.${Buffer.from(JSON.stringify(object)).toString('base64url')}.y`;
let users = 0;

/** Locks as browsers have them: per name one holder or several that share; others wait in order, and a thief takes it at once. */
function fakeLocks() {
  const locks = new Map();
  const of = (name) => locks.get(name) ?? locks.set(name, { holders: [], waiting: [] }).get(name);
  const fits = ({ holders }, { shared }) => holders.every((holder) => shared && holder.shared);
  const next = (lock) => {
    while (lock.waiting.length && fits(lock, lock.waiting[0])) grant(lock, lock.waiting.shift());
  };
  const grant = (lock, entry) => {
    lock.holders.push(entry);
    Promise.resolve(entry.callback({})).then((value) => {
      entry.resolve(value);
      lock.holders = lock.holders.filter((holder) => holder !== entry);
      next(lock);
    });
  };
  return {
    request: (name, { signal, steal, mode, ifAvailable }, callback) =>
      new Promise((resolve, reject) => {
        const lock = of(name);
        const entry = { callback, resolve, reject, shared: mode === 'shared' };
        signal?.addEventListener('abort', () => {
          if (!lock.waiting.includes(entry)) return;
          lock.waiting.splice(lock.waiting.indexOf(entry), 1);
          reject(new Error('aborted'));
        });
        if (steal) {
          for (const holder of lock.holders.splice(0)) holder.reject(new Error('stolen'));
          grant(lock, entry);
        } else if (fits(lock, entry)) grant(lock, entry);
        else if (ifAvailable) resolve(callback(null));
        else lock.waiting.push(entry);
      }),
  };
}

async function setUp(t, { tabs = 2, ...options } = {}) {
  const server = await fakeServer();
  const locks = options.locks ?? fakeLocks();
  const token = claims({ sub: `user-${++users}` });
  const clients = Array.from({ length: tabs }, (_, tab) => new CarillonClient({ baseUrl: server.url, token, document: options.pages?.[tab] ?? new EventTarget(), backoff: { base: 1, cap: 5 }, ...options, locks }));
  t.after(() => {
    for (const client of clients) client.disconnect();
    server.close();
  });
  return { server, clients, locks, name: `carillon ${server.url}/api/v1 user-${users} ` };
}

function told(client, id) {
  return new Promise((resolve) => client.addEventListener('notification', ({ detail }) => detail.notification.id === id && resolve(id)));
}

function reached(client, status) {
  return client.status === status ? null : new Promise((resolve) => client.addEventListener('status', ({ detail }) => detail.status === status && resolve()));
}

test('tabsOfAUserShareOneConnection', async (t) => {
  const { server, clients } = await setUp(t, { tabs: 3 });
  clients[0].connect();
  const stream = await server.stream();
  stream.send('connected', { user_id: 'ada', unread_count: 2 }, 't.0.1');
  await reached(clients[0], 'connected');
  for (const client of clients.slice(1)) client.connect();
  await Promise.all(clients.map((client) => reached(client, 'connected')));
  const all = Promise.all(clients.map((client) => told(client, 'a')));
  stream.send('notification', { id: 'a' }, 't.0.2');
  await all;
  assert.deepEqual(clients.map(({ lastSeen }) => lastSeen), ['t.0.2', 't.0.2', 't.0.2']);
  assert.equal(clients[2].userId, 'ada');
  assert.equal(server.requests.filter(({ url }) => url.endsWith('/stream')).length, 1);
});

test('anotherTabTakesOverWhereTheFirstStood', async (t) => {
  const { server, clients: [first, second] } = await setUp(t);
  first.connect();
  const stream = await server.stream();
  stream.send('connected', { user_id: 'ada' }, 't.0.1');
  second.connect();
  await reached(second, 'connected');
  const both = Promise.all([told(first, 'a'), told(second, 'a')]);
  stream.send('notification', { id: 'a' }, 't.0.7');
  await both;
  first.disconnect();
  const next = await server.stream();
  assert.equal(next.headers['last-event-id'], 't.0.7');
  const arrived = told(second, 'b');
  next.send('notification', { id: 'b' }, 't.0.8');
  await arrived;
  assert.equal(first.status, 'disconnected');
});

test('onlyATabThatHasJustComeLoadsAgain', async (t) => {
  const { server, clients: [first, second] } = await setUp(t);
  const reloads = [];
  first.addEventListener('reload', () => reloads.push('first'));
  const joined = new Promise((resolve) => second.addEventListener('reload', () => resolve(reloads.push('second'))));
  first.connect();
  (await server.stream()).send('connected', { user_id: 'ada' }, 't.0.1');
  await new Promise((resolve) => first.addEventListener('reload', resolve));
  second.connect();
  await joined;
  assert.deepEqual(reloads, ['first', 'second']);
});

test('aLeaderThatFallsSilentIsReplaced', async (t) => {
  const { server, clients, locks, name } = await setUp(t, { staleAfter: 1_000 });
  const taken = assert.rejects(locks.request(name, {}, () => new Promise(() => {})), /stolen/);
  clients[0].connect();
  const stream = await server.stream();
  await taken;
  clients[1].connect();
  await reached(clients[1], 'connected');
  const both = Promise.all(clients.map((client) => told(client, 'a')));
  stream.send('notification', { id: 'a' }, 't.0.3');
  await both;
});

test('aPageThatMayHaveNoLocksConnectsAlone', async (t) => {
  const locks = { request: () => Promise.reject(new Error('SecurityError')) };
  const { server, clients: [client] } = await setUp(t, { tabs: 1, locks });
  client.connect();
  const stream = await server.stream();
  const arrived = told(client, 'a');
  stream.send('notification', { id: 'a' }, 't.0.3');
  await arrived;
});

test('theTabThatLeadsAcknowledgesWhatArrivedOnceForAGroup', async (t) => {
  const { server, clients } = await setUp(t, { tabs: 3 });
  for (const client of clients) client.connect();
  const stream = await server.stream();
  stream.send('connected', { user_id: 'ada' }, 't.0.1');
  await Promise.all(clients.map((client) => reached(client, 'connected')));
  const all = Promise.all(clients.map((client) => told(client, 'e')));
  for (const [id, mode] of [['a', 'queued'], ['b', 'timeseries'], ['c', 'ephemeral'], ['d', 'queued'], ['e', 'queued']]) stream.send('notification', { id, mode });
  await all;
  const acks = () => server.requests.filter(({ url }) => url.endsWith('/ack'));
  while (!acks().length) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepEqual(acks().map(({ method, body }) => `${method} ${body}`), ['POST {"notification_ids":["a","d","e"]}']);
});

test('usersAreToldApartByTheirTokens', () => {
  assert.equal(subjectOf(claims({ sub: 'ada' })), 'ada ');
  assert.equal(subjectOf(claims({ sub: 'ada', sid: 's1' })), 'ada s1');
  assert.equal(subjectOf(claims({})), null);
  assert.equal(subjectOf('opaque'), null);
  assert.equal(subjectOf(null), null);
});

test('itRestsOnlyWhileNoTabIsLookedAtAndAnyLookWakesIt', async (t) => {
  const pages = [new Page(), new Page()];
  const { server, clients } = await setUp(t, { pages, suspendAfter: 20 });
  clients[0].connect();
  const stream = await server.stream();
  const greeted = reached(clients[1], 'connected');
  stream.send('connected', { user_id: 'ada' }, 't.0.1');
  clients[1].connect();
  await greeted;
  const suspended = reached(clients[1], 'suspended');
  pages[0].show(false);
  assert.equal(await Promise.race([suspended.then(() => 'suspended'), new Promise((resolve) => setTimeout(resolve, 80, 'kept'))]), 'kept');
  pages[1].show(false);
  await suspended;
  await stream.closed;
  pages[1].show(true);
  assert.equal((await server.stream()).headers['last-event-id'], 't.0.1');
});
