import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const page = (file) => import(new URL(`../../main/resources/static/page/${file}`, import.meta.url));
const { curlCommand } = await page('command.js');
const { milliseconds } = await page('format.js');

test('theCommandSurvivesEveryQuoteInAShell', () => {
  const event = { title: `It's "paid" \\ $HOME \`id\` ''`, body: 'two\nlines' };
  const printed = execFileSync('sh', ['-c', curlCommand('http://127.0.0.1:1', 'key', event).replace(/^curl/, 'printf "%s\\n"')], { encoding: 'utf8' });
  const json = printed.slice(printed.indexOf('-d\n') + 3);
  assert.deepEqual(JSON.parse(json), event);
});

test('durationsAreShort', () => {
  assert.deepEqual([3.14, 42.4, 1234].map(milliseconds), ['3.1 ms', '42 ms', '1.2 s']);
});
