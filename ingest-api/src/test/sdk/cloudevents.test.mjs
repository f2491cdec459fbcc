// The official SDK publishes as its README has it; the test that starts this looks at what becomes of it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

const { CARILLON_EVENTS: sink, CARILLON_KEY: key, CARILLON_TOMORROW: deliverat, CARILLON_EXPIRES: expiresat, CARILLON_SDK: sdk } = process.env;
const { CloudEvent, Mode, emitterFor, httpTransport } = createRequire(join(sdk, 'from.js'))('cloudevents');
const authorization = { authorization: `Bearer ${key}` };
const title = 'Zahlung für 1 € "erhalten" 100%';

function event(id, more) {
  return new CloudEvent({
    id,
    source: '/billing',
    type: 'invoice.settled',
    time: '2026-11-20T10:00:00Z',
    subject: 'invoice/1',
    recipients: 'ada, bob',
    audiences: 'team-7',
    exclude: 'cyd,audience:team-8',
    actor: 'bob',
    group: 'invoice-1',
    priority: 'high',
    title,
    deliverat,
    expiresat,
    somebodyelses: 'thing',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: { amount: 12 },
    ...more,
  });
}

/** As the HTTP binding wants it in a header (section 3.1.3.2); this SDK leaves it to its user. */
function encoded(text) {
  return text.replace(/[^\x21-\x7e]|["%]/gu, encodeURIComponent);
}

function publish(mode, which) {
  return emitterFor(httpTransport(sink), { mode })(which, { headers: authorization });
}

test('structured', async () => {
  const answer = await publish(Mode.STRUCTURED, event('js-structured'));
  assert.match(JSON.parse(answer.body).uid ?? answer.body, /^[0-9a-f-]{36}$/);
});

test('binary', async () => {
  const answer = await publish(Mode.BINARY, event('js-binary', { title: encoded(title) }));
  assert.match(JSON.parse(answer.body).uid ?? answer.body, /^[0-9a-f-]{36}$/);
});

test('a batch, which the SDK reads and does not write: its events, as it serialises each', async () => {
  const answer = await fetch(sink, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify([event('js-batch-1'), event('js-batch-2')]),
  });
  assert.equal(answer.status, 207);
  const { results } = await answer.json();
  assert.deepEqual(results.map((result) => result.status), [202, 202]);
});
