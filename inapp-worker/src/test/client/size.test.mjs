import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const FOLDER = new URL('../../main/resources/client/', import.meta.url);
const KB = 1000;

/** Where Terser's own bundle lies; the build gives it. */
const TERSER = process.env.CARILLON_TERSER;

/** Terser, without what it needs for source maps only. */
function terser() {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', readFileSync(TERSER, 'utf8'))(module, module.exports, () => ({}));
  return module.exports;
}

/** What a page loads that ships the modules as one file and uses `roots`: minified by Terser, compressed by gzip -9. */
async function bundled(files, roots) {
  const names = new Set();
  const code = [...files].map((file) => (roots.includes(file) ? flattened(file, names) : flattened(file, names).replace(/^export /gm, ''))).join('\n');
  const { code: small } = await terser().minify(code, { module: true, ecma: 2022, compress: { passes: 2 } });
  return gzipSync(small, { level: 9 }).length;
}

/** A module without its wiring, its own names told apart from those of the modules before, styles on one line. */
function flattened(file, names) {
  let code = readFileSync(new URL(file, FOLDER), 'utf8')
    .replace(/^import[\s\S]*?;$/gm, '')
    .replace(/^export \{[\s\S]*?;$/gm, '')
    .replace(/sheet\(`[^`]*`\)/g, (styles) => styles.replace(/\s*([{}:;,>])\s*/g, '$1').replace(/\s+/g, ' '));
  for (const [, name] of code.matchAll(/^(?:const|let|class|(?:async )?function) (\w+)/gm)) {
    if (names.has(name)) code = code.replace(new RegExp(`(?<![.\\w-])${name}(?![\\w-])`, 'g'), `${name}$${names.size}`);
    names.add(name);
  }
  return code;
}

/** A file after all that it imports; not what it loads on demand. */
function closure(file, found = new Set()) {
  for (const [, imported] of readFileSync(new URL(file, FOLDER), 'utf8').matchAll(/(?:from|import) '\.\/([^']+)'/g)) {
    if (!found.has(imported)) closure(imported, found);
  }
  return found.add(file);
}

async function staysUnder(limit, roots, t) {
  if (!TERSER) return t.skip('the sizes are measured with Terser, which the build brings (CARILLON_TERSER)');
  const files = roots.reduce((all, file) => closure(file, all), new Set());
  const size = await bundled(files, roots);
  t.diagnostic(`${size} bytes, ${files.size} files`);
  return assert.ok(size < limit, `${size} bytes`);
}

test('clientBellAndToastsStayUnder15Kilobytes', (t) => staysUnder(15 * KB, ['carillon-client.js', 'carillon-bell.js', 'carillon-toasts.js'], t));

test('everythingStaysUnder30Kilobytes', (t) => staysUnder(30 * KB, readdirSync(FOLDER).filter((file) => file.endsWith('.js')), t));
