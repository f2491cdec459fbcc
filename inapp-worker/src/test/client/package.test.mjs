import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as everything from '../../main/resources/client/index.js';

const FOLDER = new URL('../../main/resources/client/', import.meta.url);
const TYPES = read('index.d.ts');
const API = JSON.parse(readFileSync(new URL('../../../../docs/openapi/carillon.json', import.meta.url), 'utf8'));

function read(file) {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

/** What a class or an interface of `index.d.ts` declares. */
function members(name) {
  const [, body] = TYPES.match(new RegExp(`(?:class|interface) ${name}\\b[^{]*\\{\\n([\\s\\S]*?)\\n\\}`));
  return new Set([...body.matchAll(/^ {2}(?:static |readonly |get |set )*(\w+)[?(:<]/gm)].map(([, member]) => member));
}

function assertDeclared(names, name) {
  const declared = members(name);
  assert.deepEqual([...names].filter((member) => !declared.has(member)), [], name);
}

test('everythingThatTheModulesExportIsDeclared', () => {
  for (const name of Object.keys(everything)) assert.match(TYPES, new RegExp(`export (?:class|function) ${name}\\b`));
});

test('theClientHasWhatIsDeclaredAndNothingElse', () => {
  const { prototype } = everything.CarillonClient;
  assertDeclared(Object.getOwnPropertyNames(prototype), 'CarillonClient');
  assert.deepEqual([...members('CarillonClient')].filter((member) => !(member in prototype)), []);
});

test('whatTheApiTellsAndTakesIsDeclared', () => {
  const { schemas } = API.components;
  const parameters = API.paths['/api/v1/notifications'].get.parameters.map(({ name }) => name);
  assertDeclared(Object.keys(schemas.FeedItem.properties), 'CarillonNotification');
  assertDeclared(Object.keys(schemas.FeedPage.properties), 'NotificationPage');
  assertDeclared(Object.keys(schemas.FeedType.properties), 'NotificationType');
  assertDeclared(parameters, 'ListQuery');
});

test('thePackageHasTheFilesThatItNames', () => {
  const { name, version, license, type, main, types, exports, sideEffects } = JSON.parse(read('package.json'));
  assert.ok(name && version && license && type === 'module');
  const targets = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  for (const file of [main, types, ...targets, ...sideEffects].filter((path) => !path.includes('*'))) {
    assert.ok(existsSync(new URL(file, FOLDER)), file);
  }
});

/** What the hook needs of React, as it does it: it subscribes once and reads again after each call. */
const REACT = 'export const useCallback = (callback) => callback; export const useSyncExternalStore = (subscribe, read) => globalThis.subscribed(subscribe, read);';

test('theReactHookRendersAgainWhenCountOrStatusChanges', async () => {
  const hook = readFileSync(new URL('../../../../docs/examples/react/use-carillon.js', import.meta.url), 'utf8');
  const module = (code) => `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const { useCarillon } = await import(module(hook.replace("'react'", `'${module(REACT)}'`)));
  const client = Object.assign(new EventTarget(), { count: 3, status: 'connected' });
  const endings = [];
  let renders = 0;
  globalThis.subscribed = (subscribe, read) => (endings.push(subscribe(() => renders++)), read());
  assert.deepEqual(useCarillon(client), { count: 3, status: 'connected' });
  client.dispatchEvent(new Event('count'));
  client.dispatchEvent(new Event('status'));
  client.dispatchEvent(new Event('updated'));
  assert.equal(renders, 2);
  for (const end of endings) end();
  client.dispatchEvent(new Event('count'));
  assert.equal(renders, 2);
  delete globalThis.subscribed;
});
