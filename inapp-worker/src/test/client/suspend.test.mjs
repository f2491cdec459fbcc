import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CarillonClient } from '../../main/resources/client/carillon-client.js';
import { Page } from './fake-page.mjs';
import { fakeServer } from './fake-server.mjs';

async function connected(t, options = {}) {
  const server = await fakeServer();
  const page = new Page();
  const client = new CarillonClient({ baseUrl: server.url, token: 'secret', document: page, locks: null, suspendAfter: 20, backoff: { base: 1, cap: 5 }, ...options });
  t.after(() => (client.disconnect(), server.close()));
  const reached = (status) => new Promise((resolve) => client.addEventListener('status', ({ detail }) => detail.status === status && resolve()));
  client.connect();
  const stream = await server.stream();
  const arrived = new Promise((resolve) => client.addEventListener('notification', resolve, { once: true }));
  stream.send('connected', { user_id: 'ada' }, 't.0.1');
  stream.send('notification', { id: 'a' }, 't.0.2');
  await arrived;
  return { server, page, client, stream, reached };
}

test('aConnectionThatNobodyLooksAtRestsAndIsResumedAtTheNextLook', async (t) => {
  const { server, page, client, stream, reached } = await connected(t);
  const suspended = reached('suspended');
  page.show(false);
  await suspended;
  await stream.closed;
  assert.equal(client.status, 'suspended');
  page.show(true);
  assert.equal((await server.stream()).headers['last-event-id'], 't.0.2');
});

test('persistConnectionKeepsItWhereAnotherRests', async (t) => {
  const kept = await connected(t, { persistConnection: true });
  const other = await connected(t);
  const statuses = [];
  kept.client.addEventListener('status', ({ detail }) => statuses.push(detail.status));
  const suspended = other.reached('suspended');
  kept.page.show(false);
  other.page.show(false);
  await suspended;
  assert.deepEqual(statuses, []);
});
