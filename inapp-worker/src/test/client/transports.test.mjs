import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CarillonClient } from '../../main/resources/client/carillon-client.js';
import { messagesOf, overWebSocket } from '../../main/resources/client/over-web-socket.js';
import { overPolling } from '../../main/resources/client/over-polling.js';
import { Transports } from '../../main/resources/client/transports.js';
import { fakeServer } from './fake-server.mjs';

test('threeSilentFailuresOrOneHopelessOneChangeTheTransport', () => {
  const transports = new Transports();
  transports.ended(false, { reason: 'offline', status: 0 });
  transports.ended(false, { reason: 'stale' });
  assert.equal(transports.current.name, 'sse');
  transports.ended(false, { reason: 'stale' });
  assert.equal(transports.current.name, 'websocket');
  transports.ended(false, { status: 404 });
  assert.equal(transports.current.name, 'polling');
  transports.ended(false, { status: 404 });
  assert.equal(transports.current.name, 'sse', 'after the last the best is tried again');
});

test('aBusyServerOrARefusedTokenIsNoFaultOfTheTransport', () => {
  const transports = new Transports();
  for (const end of [{ status: 503 }, { status: 429 }, { status: 503 }, { renew: true }, { status: 503 }]) transports.ended(false, end);
  assert.equal(transports.current.name, 'sse');
});

test('whatWorkedForgivesEarlierFailures', () => {
  const transports = new Transports();
  for (let n = 0; n < 10; n++) {
    transports.ended(false, { reason: 'stale' });
    transports.worked();
  }
  assert.equal(transports.current.name, 'sse');
});

test('whereStreamsAreRefusedTheClientPolls', async (t) => {
  const answer = ({ url }) => {
    if (url.includes('/stream')) return { status: 404, body: { title: 'Not Found' } };
    if (url.includes('/changes')) return { body: { notifications: [{ id: 'a', title: 'Polled' }], cursor: 'c1', unread_count: 1 } };
    return null;
  };
  const server = await fakeServer({ answer });
  const client = new CarillonClient({ baseUrl: server.url, token: 'secret', document: new EventTarget(), locks: null, backoff: { base: 1, cap: 2 }, transports: ['sse', 'polling'] });
  t.after(() => (client.disconnect(), server.close()));
  const arrived = new Promise((resolve) => client.addEventListener('notification', ({ detail }) => resolve(detail.notification.id)));
  const status = new Promise((resolve) => client.addEventListener('status', ({ detail }) => detail.status === 'connected' && resolve(detail.transport)));
  client.connect();
  assert.equal(await arrived, 'a');
  assert.equal(await status, 'polling');
});

test('eachQuestionBeginsWhereTheAnswerBeforeEnded', async () => {
  const asked = [];
  const stop = new AbortController();
  const api = {
    open: async () => new Response(JSON.stringify({ unread_count: 0 }), { headers: { Date: 'Fri, 20 Nov 2026 10:00:00 GMT' } }),
    json: async (path, { query }) => {
      asked.push(query.since);
      if (asked.length === 3) stop.abort();
      return { notifications: [], cursor: `c${asked.length}` };
    },
  };
  const idle = () => {};
  await assert.rejects(overPolling(api, { since: '', signal: stop.signal, alive: idle, opened: idle, receive: idle, pause: 0 }));
  assert.deepEqual(asked, [1795168800, 'c1', 'c2'], 'from the server’s own time on');
});

test('anAnswerIsFollowedByTheNextQuestionTenSecondsLater', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const stop = new AbortController();
  const idle = () => {};
  let asked = 0;
  const api = { json: async () => (asked++, { cursor: 'c' }) };
  const ended = assert.rejects(overPolling(api, { since: 'c', signal: stop.signal, alive: idle, opened: idle, receive: idle }));
  await settled();
  t.mock.timers.tick(9_999);
  await settled();
  assert.equal(asked, 1);
  t.mock.timers.tick(1);
  await settled();
  assert.equal(asked, 2);
  stop.abort();
  await ended;
});

test('anAnswerTellsEverythingThatAStreamWould', async () => {
  const stop = new AbortController();
  const asked = [];
  const api = {
    json: async (path, { query }) => {
      asked.push(query.since);
      if (asked.length === 2) stop.abort();
      return { notifications: [{ id: 'a' }], updated: [{ id: 'b', is_read: true }], unread_count: 3, cursor: `p.${asked.length}`, more: asked.length === 1, reload: asked.length === 2 };
    },
  };
  const received = [];
  const receive = ({ type, data, id }) => void received.push(`${type} ${data.id ?? data.unread_count ?? ''}${id ? ` up to ${id}` : ''}`.trim());
  await assert.rejects(overPolling(api, { since: 'p.0', signal: stop.signal, alive() {}, opened() {}, receive }));
  assert.deepEqual(asked, ['p.0', 'p.1'], 'from where the stream was, and at once where there is more');
  assert.deepEqual(received, ['connected', 'notification a', 'updated b', 'count 3', 'reload', 'notification a', 'updated b', 'count 3 up to p.2']);
});

test('aReplicaThatStopsIsNoFaultOfTheWebSocket', async (t) => {
  let opened;
  const before = globalThis.WebSocket;
  globalThis.WebSocket = class {
    constructor() {
      opened = this;
    }
    close() {}
  };
  t.after(() => (globalThis.WebSocket = before));
  const api = { base: 'http://x/api/v1', json: async () => ({ ticket: 't' }) };
  const ended = overWebSocket(api, { since: '', signal: new AbortController().signal, alive() {}, opened() {}, receive() {} });
  while (!opened) await new Promise((resolve) => setImmediate(resolve));
  opened.onclose({ code: 1013 });
  assert.deepEqual(await ended, { reason: 'busy', status: 503 });
});

test('aFrameHasOneMessageOrMany', () => {
  assert.deepEqual(messagesOf('{"type":"ping"}'), [{ type: 'ping' }]);
  assert.deepEqual(messagesOf('[{"type":"a"},{"type":"b"}]'), [{ type: 'a' }, { type: 'b' }]);
  assert.deepEqual(messagesOf('{"type":"a"}\n{"type":"b"}\n'), [{ type: 'a' }, { type: 'b' }]);
  assert.deepEqual(messagesOf('no JSON'), []);
});

test('aWebSocketOpensByATicketAndResumes', async (t) => {
  const sockets = [];
  const before = globalThis.WebSocket;
  globalThis.WebSocket = class {
    constructor(url) {
      sockets.push(this);
      this.url = String(url);
    }
    close() {}
  };
  t.after(() => (globalThis.WebSocket = before));
  const api = { base: 'http://x/api/v1', json: async () => ({ ticket: 't 1' }) };
  const received = [];
  const ended = overWebSocket(api, { since: 'p.1', signal: new AbortController().signal, alive() {}, opened() {}, receive: (message) => void received.push(message.type) });
  while (sockets.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(sockets[0].url, 'ws://x/api/v1/notifications/ws?ticket=t+1&since=p.1');
  sockets[0].onmessage({ data: '[{"type":"connected","data":{}},{"type":"count","data":{}}]' });
  sockets[0].onclose({ code: 4401 });
  assert.deepEqual(await ended, { reason: 'token_expired', renew: true });
  assert.deepEqual(received, ['connected', 'count']);
});
