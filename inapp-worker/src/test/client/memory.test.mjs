import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { recall, remember } from '../../main/resources/client/memory.js';
import { Seen } from '../../main/resources/client/seen.js';

/** What a tab keeps from page to page. */
class Store extends Map {
  getItem = (name) => this.get(name) ?? null;
  setItem = (name, text) => this.set(name, String(text));
}

beforeEach(() => (globalThis.sessionStorage = new Store()));

const NOTHING = { lastSeen: '', seen: [] };

function seen(...ids) {
  const all = new Seen();
  ids.forEach((id) => all.add({ id }));
  return all;
}

test('whatWasSeenIsKnownToTheNextPageOfTheTab', () => {
  remember('carillon', 't.0.5', seen('a', 'b'));
  const { lastSeen, seen: known } = recall('carillon');
  const next = new Seen();
  next.load(known);
  assert.equal(lastSeen, 't.0.5');
  assert.equal(next.add({ id: 'a' }), false);
  assert.equal(next.add({ id: 'c' }), true);
  assert.deepEqual(recall('another'), NOTHING);
});

test('theLatestTwoHundredAreRemembered', () => {
  remember('carillon', 't.0.5', seen(...Array.from({ length: 250 }, (_, at) => `n${at}`)));
  const ids = recall('carillon').seen.map(([id]) => id);
  assert.equal(ids.length, 200);
  assert.deepEqual([ids[0], ids.at(-1)], ['n50', 'n249']);
});

test('whatIsOlderThanAReplayIsForgotten', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  remember('carillon', 't.0.5', seen('a'));
  t.mock.timers.tick(599_999);
  assert.equal(recall('carillon').lastSeen, 't.0.5');
  t.mock.timers.tick(1);
  assert.deepEqual(recall('carillon'), NOTHING);
});

test('whatIsNoMemoryOfOursCountsForNothing', () => {
  for (const text of ['', 'nonsense', 'null', '{}', '{"at":9e15,"lastSeen":1,"seen":[]}', '{"at":9e15,"lastSeen":"x","seen":{}}']) {
    sessionStorage.setItem('carillon', text);
    assert.deepEqual(recall('carillon'), NOTHING, text);
  }
});

test('aStoreThatIsFullOrForbiddenCostsTheMemoryOnly', () => {
  sessionStorage.setItem = sessionStorage.getItem = () => {
    throw new Error('forbidden');
  };
  remember('carillon', 't.0.5', seen('a'));
  assert.deepEqual(recall('carillon'), NOTHING);
});
