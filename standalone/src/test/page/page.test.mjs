import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const page = (file) => import(new URL(`../../main/resources/static/page/${file}`, import.meta.url));
const { curlCommand } = await page('command.js');
const { milliseconds } = await page('format.js');
const { routerVerdict, summary, verdict } = await page('verdicts.js');

test('theCommandSurvivesEveryQuoteInAShell', () => {
  const event = { title: `It's "paid" \\ $HOME \`id\` ''`, body: 'two\nlines' };
  const printed = execFileSync('sh', ['-c', curlCommand('http://127.0.0.1:1', 'key', event).replace(/^curl/, 'printf "%s\\n"')], { encoding: 'utf8' });
  const json = printed.slice(printed.indexOf('-d\n') + 3);
  assert.deepEqual(JSON.parse(json), event);
});

test('durationsAreShort', () => {
  assert.deepEqual([3.14, 42.4, 1234].map(milliseconds), ['3.1 ms', '42 ms', '1.2 s']);
});

const step = (state, reason = 'none', until = undefined) => ({ state, reason, until });
const now = Date.parse('2026-11-20T22:00:00Z');

test('heldUntilTheTimeInTheRecipientsZone', () => {
  const held = step('held', 'quiet_hours', '2026-11-21T06:00:00Z');
  assert.deepEqual(verdict('email', held, { zone: 'Europe/Vienna', now }), { state: 'held', text: 'held until 07:00' });
  assert.match(verdict('email', step('held', 'scheduled', '2026-11-24T06:00:00Z'), { zone: 'UTC', now }).text, /^held until .*24 Nov.* 06:00 \(scheduled\)$/);
});

test('anUnknownReasonOrStateIsShownAsItIs', () => {
  assert.equal(verdict('push', step('suppressed', 'moon_phase')).text, 'moon_phase');
  assert.equal(verdict('push', step('teleported')).text, 'teleported');
});

test('oneSentenceForAllOrACountOfEach', () => {
  const delivered = { state: 'done', text: 'delivered', ms: 42 };
  assert.deepEqual(summary([delivered]), { state: 'done', text: 'delivered in 42 ms' });
  assert.deepEqual(summary([delivered, delivered]), { state: 'done', text: 'delivered' });
  assert.deepEqual(summary([delivered, { state: 'held', text: 'held until 07:00' }]), { state: 'done', text: '1 delivered · 1 held until 07:00' });
  assert.deepEqual(summary([delivered, { state: 'idle', text: 'no address' }]), { state: 'done', text: '1 delivered' });
});

test('nothingIsSaidBeforeTheRouterHasPassed', () => {
  const attempt = { acceptedAt: now, story: { passed: false, recipients: [] } };
  assert.equal(routerVerdict(attempt, now + 60_000).text, 'deciding…');
  attempt.story.passed = true;
  assert.equal(routerVerdict(attempt, now + 100).text, 'deciding…');
  assert.equal(routerVerdict(attempt, now + 2_000).text, 'nobody reached');
  assert.equal(routerVerdict({ ...attempt, repeat: true }, now).text, 'already known: nobody is told again');
});
