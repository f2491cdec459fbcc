// The official SDK publishes as its README has it; the test that starts this looks at what becomes of it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

const { CARILLON_EVENTS: sink, CARILLON_KEY: key, CARILLON_TOMORROW: deliverat, CARILLON_EXPIRES: expiresat, CARILLON_SDK: sdk } = process.env;
const { CARILLON_RECORDS: records } = process.env;
const { CloudEvent, Kafka, Mode, emitterFor, httpTransport } = createRequire(join(sdk, 'from.js'))('cloudevents');
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

/** As a client of Kafka sends it: a text as UTF-8, nothing as null; data that are an object the SDK leaves to be serialised. */
function bytes(value) {
  if (value === undefined || value === null) {
    return null;
  }
  return Buffer.from(typeof value === 'object' ? JSON.stringify(value) : value).toString('base64');
}

/** Attributes that the event does not have are headers without a value: clients send what the SDK gives them. */
function record({ key: about, value, headers }) {
  return { key: bytes(about), value: bytes(value), headers: Object.entries(headers).map(([name, text]) => ({ name, value: bytes(text) })) };
}

test('by Kafka in both content modes; the test that starts this writes the records to the topic', () => {
  const partitionkey = 'invoice-1';
  const json = { partitionkey, datacontenttype: 'application/json' };
  const messages = [
    Kafka.binary(event('js-kafka-binary', json)),
    Kafka.binary(event('js-kafka-bare', { partitionkey })),
    Kafka.structured(event('js-kafka-structured', json)),
    Kafka.structured(event('js-kafka-unkeyed')),
  ];
  assert.deepEqual(messages.map((message) => message.key), [partitionkey, partitionkey, partitionkey, undefined]);
  writeFileSync(records, JSON.stringify(messages.map(record)));
});
