import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const FOLDER = new URL('../../main/resources/client/', import.meta.url);
const KB = 1000;

/** The least that a bundler does: one file, without comments, indentation and the modules' wiring, private names short. */
function bundled(files) {
  const text = files.map((file) => readFileSync(new URL(file, FOLDER), 'utf8')).join('\n');
  const code = text
    .replace(/^\s*\/\*[\s\S]*?\*\//gm, '')
    .replace(/^import[\s\S]*?;$/gm, '')
    .replace(/^export \{[\s\S]*?;$/gm, '')
    .replace(/(^|\s)\/\/ .*$/gm, '')
    .replace(/^\s+/gm, '');
  const names = [...new Set([...code.matchAll(/\.#(\w+)/g)].map(([, name]) => name))];
  const short = code.replace(/#(\w+)/g, (whole, name) => (names.includes(name) ? `#${names.indexOf(name).toString(36)}` : whole));
  return gzipSync(short, { level: 9 }).length;
}

/** A file and all that it imports. */
function closure(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported] of readFileSync(new URL(file, FOLDER), 'utf8').matchAll(/(?:from|import) '\.\/([^']+)'/g)) closure(imported, found);
  return found;
}

test('clientBellAndToastsStayUnder15Kilobytes', (t) => {
  const files = ['carillon-client.js', 'carillon-bell.js', 'carillon-toasts.js'].reduce((all, file) => closure(file, all), new Set());
  const size = bundled([...files]);
  t.diagnostic(`client + bell + toasts: ${size} bytes compressed, ${files.size} files`);
  assert.ok(size < 15 * KB, `${size} bytes`);
});

test('everythingStaysUnder30Kilobytes', (t) => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.js'));
  const size = bundled(files);
  t.diagnostic(`everything: ${size} bytes compressed, ${files.length} files`);
  assert.ok(size < 30 * KB, `${size} bytes`);
});
