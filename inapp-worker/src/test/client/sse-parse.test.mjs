import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventStreamParser } from '../../main/resources/client/sse-parse.js';

const STREAM =
  '\uFEFFid: t.3.41\r\nevent: notification\r\ndata: {"title":"Grüße 🔔"}\r\n\r\n' +
  ': a comment\nretry: 1500\n\n' +
  'data: first\rdata:second\rdata\r\r' +
  'event:count\nid\ndata: 1\n\n' +
  'id: with\0nul\nevent: ignored-without-data\n\n' +
  'data:  two spaces\n\ndata: never finished\n';

const EVENTS = [
  { type: 'notification', data: '{"title":"Grüße 🔔"}', id: 't.3.41' },
  { type: 'message', data: 'first\nsecond\n', id: 't.3.41' },
  { type: 'count', data: '1', id: '' },
  { type: 'message', data: ' two spaces', id: '' },
];

function parse(chunks) {
  const events = [];
  const retries = [];
  const parser = new EventStreamParser((event) => events.push(event), (retry) => retries.push(retry));
  for (const chunk of chunks) parser.push(chunk);
  return { events, retries };
}

test('readsEveryFieldAndEveryLineEnd', () => {
  const { events, retries } = parse([new TextEncoder().encode(STREAM)]);
  assert.deepEqual(events, EVENTS);
  assert.deepEqual(retries, [1500]);
});

test('aCutAnywhereChangesNothing', () => {
  const bytes = new TextEncoder().encode(STREAM);
  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(parse([bytes.slice(0, cut), bytes.slice(cut)]).events, EVENTS, `cut at byte ${cut}`);
  }
  assert.deepEqual(parse(Array.from(bytes, (byte) => Uint8Array.of(byte))).events, EVENTS, 'byte by byte');
});

test('randomStreamsReadTheSameHoweverTheyAreCut', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const random = generator(seed);
  const pieces = ['data: a', 'data:é🔔', 'id: 1', 'id', 'event: x', ':c', 'retry: 5', 'data', '\r', '\n', '\r\n', '\n\n'];
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: 40 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const bytes = new TextEncoder().encode(text);
    const chunks = [];
    for (let at = 0; at < bytes.length; ) {
      const length = Math.floor(random() * 6);
      chunks.push(bytes.slice(at, at + length));
      at += length;
    }
    assert.deepEqual(parse(chunks), parse([bytes]), `SEED=${seed}, round ${round}: ${JSON.stringify(text)}`);
  }
});

test('aMegabyteInSmallChunksIsReadInLinearTime', () => {
  const line = `data: ${'x'.repeat(900_000)}`;
  const chunks = [];
  for (let at = 0; at < line.length; at += 500) chunks.push(line.slice(at, at + 500));
  const started = performance.now();
  assert.equal(parse([...chunks, '\n\n']).events[0].data.length, 900_000);
  assert.ok(performance.now() - started < 2000);
});

test('refusesALineWithoutEnd', () => {
  assert.throws(() => parse(Array.from({ length: 30 }, () => 'x'.repeat(50_000))), /a line exceeds 1048576 characters/);
});

function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
