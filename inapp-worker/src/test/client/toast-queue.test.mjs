import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ToastQueue } from '../../main/resources/client/toast-queue.js';

function queue(t, max = 3) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.mock.method(performance, 'now', () => Date.now());
  let showing = [];
  const toasts = new ToastQueue((now) => (showing = now.map(({ id }) => id)));
  toasts.max = max;
  return { toasts, shown: () => showing, pass: (milliseconds) => t.mock.timers.tick(milliseconds) };
}

test('atMostThreeAreShownAndTheRestWaitInOrder', (t) => {
  const { toasts, shown, pass } = queue(t);
  for (const id of ['a', 'b', 'c', 'd', 'e']) toasts.add({ id }, 1000);
  assert.deepEqual(shown(), ['a', 'b', 'c']);
  toasts.remove('b');
  assert.deepEqual(shown(), ['a', 'c', 'd']);
  pass(1000);
  assert.deepEqual(shown(), ['e']);
  pass(1000);
  assert.deepEqual(shown(), []);
});

test('aPauseStopsTheClockWhereItStands', (t) => {
  const { toasts, shown, pass } = queue(t);
  toasts.add({ id: 'a' }, 1000);
  pass(900);
  toasts.pause();
  pass(60_000);
  assert.deepEqual(shown(), ['a']);
  toasts.resume();
  pass(99);
  assert.deepEqual(shown(), ['a']);
  pass(1);
  assert.deepEqual(shown(), []);
});

test('thePauseEndsWithTheLastToastThatThePointerWasOver', (t) => {
  const { toasts, shown, pass } = queue(t);
  toasts.add({ id: 'a' }, 1000);
  toasts.pause();
  toasts.remove('a');
  toasts.add({ id: 'b' }, 1000);
  pass(1000);
  assert.deepEqual(shown(), []);
});

test('oneWithoutClearingStaysUntilItIsRemoved', (t) => {
  const { toasts, shown, pass } = queue(t);
  toasts.add({ id: 'a' }, false);
  pass(86_400_000);
  assert.deepEqual(shown(), ['a']);
  toasts.update({ id: 'a', is_read: true });
  assert.deepEqual(shown(), []);
});

test('theSameGroupIsReplacedInItsPlace', (t) => {
  const { toasts, shown, pass } = queue(t);
  toasts.add({ id: 'a', group: 'job' }, 1000);
  toasts.add({ id: 'b' }, 5000);
  pass(900);
  toasts.add({ id: 'c', group: 'job' }, 1000);
  assert.deepEqual(shown(), ['c', 'b']);
  pass(900);
  assert.deepEqual(shown(), ['c', 'b'], 'its clock began anew');
});

test('aBurstLeavesOnlyTheNewestWaiting', (t) => {
  const { toasts, shown, pass } = queue(t, 1);
  for (let i = 0; i < 500; i++) toasts.add({ id: `n${i}` }, 1000);
  pass(1000);
  assert.deepEqual(shown(), ['n480']);
  toasts.clear();
  assert.deepEqual(shown(), []);
});
mock.reset();
