import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const page = (file) => import(new URL(`../../main/resources/static/page/${file}`, import.meta.url));
const { curlCommand } = await page('command.js');
const { quietUntil } = await page('quiet.js');
const { milliseconds } = await page('format.js');

const NIGHT = { days: ['fri'], start: '22:00', end: '07:00', channels: ['email'] };

test('aWindowThatCrossesMidnightBelongsToTheDayOnWhichItBegins', () => {
  const quiet = (instant, window = NIGHT, zone = 'Europe/Vienna') => quietUntil({ quiet_hours: [window], time_zone: zone }, new Date(instant));
  assert.deepEqual(quiet('2026-11-20T21:30:00Z'), { end: '07:00', channels: ['email'] }, 'Friday 22:30 in Vienna');
  assert.deepEqual(quiet('2026-11-21T05:30:00Z'), { end: '07:00', channels: ['email'] }, 'Saturday 06:30');
  assert.equal(quiet('2026-11-21T06:00:00Z'), null, 'Saturday 07:00');
  assert.equal(quiet('2026-11-21T21:30:00Z'), null, 'Saturday 22:30');
  assert.equal(quiet('2026-11-20T20:30:00Z'), null, 'Friday 21:30');
});

test('aWindowWithoutDaysOrChannelsIsEveryDayForMailAndPush', () => {
  const lunch = { days: [], start: '12:00', end: '13:00' };
  assert.deepEqual(quietUntil({ quiet_hours: [lunch], time_zone: 'UTC' }, new Date('2026-11-20T12:00:00Z')), { end: '13:00', channels: ['email', 'push'] });
  assert.equal(quietUntil({ quiet_hours: [lunch], time_zone: 'UTC' }, new Date('2026-11-20T13:00:00Z')), null);
  assert.equal(quietUntil({}), null);
});

test('theCommandSurvivesEveryQuoteInAShell', () => {
  const event = { title: `It's "paid" \\ $HOME \`id\` ''`, body: 'two\nlines' };
  const printed = execFileSync('sh', ['-c', curlCommand('http://127.0.0.1:1', 'key', event).replace(/^curl/, 'printf "%s\\n"')], { encoding: 'utf8' });
  const json = printed.slice(printed.indexOf('-d\n') + 3);
  assert.deepEqual(JSON.parse(json), event);
});

test('durationsAreShort', () => {
  assert.deepEqual([3.14, 42.4, 1234].map(milliseconds), ['3.1 ms', '42 ms', '1.2 s']);
});
