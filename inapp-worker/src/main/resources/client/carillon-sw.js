/*
 * Service worker of Carillon's push channel. A page's own worker takes it in with one line:
 *   importScripts('/client/carillon-sw.js');
 *
 * A push's data is JSON: {id, title, body, url, tag, icon, badge, image, actions, renotify, silent, timestamp, report}; all
 * but the title may be missing. `report` is a token with which a click or a close is reported, without a login. Where the
 * API is not at /api/v1 of this origin, set self.carillonApi to its address first. Every push shows a notification, also
 * one that cannot be read: browsers punish silence.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const message = readMessage(event.data);
  event.waitUntil(Promise.all([showMessage(message), tellPages({ type: 'carillon-push', id: message.id, title: message.title })]));
});

self.addEventListener('notificationclick', (event) => {
  const { id, url, report, actions = {} } = event.notification.data ?? {};
  event.notification.close();
  const target = safeUrl(actions[event.action] ?? url);
  event.waitUntil(Promise.all([openPage(target), tellServer(report, 'clicked'), tellPages({ type: 'carillon-click', id, action: event.action || null })]));
});

self.addEventListener('notificationclose', (event) => {
  event.waitUntil(tellServer(event.notification.data?.report, 'closed'));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew(event));
});

function readMessage(data) {
  try {
    const message = data?.json();
    return message && typeof message === 'object' ? message : { title: String(message ?? '') };
  } catch {
    return { title: data?.text() ?? '' };
  }
}

function showMessage({ id, title, body, url, tag, icon, badge, image, actions = [], renotify, silent, timestamp, report }) {
  const shownActions = (Array.isArray(actions) ? actions : []).filter((action) => action?.title).slice(0, 2);
  return self.registration.showNotification(String(title || 'New notification'), {
    body: body === undefined || body === null ? '' : String(body),
    tag: tag ?? id,
    renotify: Boolean(renotify && (tag ?? id)),
    silent: Boolean(silent),
    icon: safeUrl(icon) ?? undefined,
    badge: safeUrl(badge) ?? undefined,
    image: safeUrl(image) ?? undefined,
    timestamp: timestamp ? new Date(timestamp).getTime() || undefined : undefined,
    actions: shownActions.map(({ action, id: name, title: label }) => ({ action: String(action ?? name ?? label), title: String(label) })),
    data: { id, url, report, actions: Object.fromEntries(shownActions.map(({ action, id: name, title: label, url: to }) => [action ?? name ?? label, to])) },
  });
}

/** An absolute http(s) address, or null. */
function safeUrl(link) {
  if (typeof link !== 'string' || link === '') return null;
  try {
    const url = new URL(link, self.registration.scope);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Brings the page that shows `url` to the front, else opens it; without a link, any page of ours. */
async function openPage(url) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = url ? pages.find((open) => open.url.split('#')[0] === url.split('#')[0]) : pages[0];
  if (page) {
    await page.focus().catch(() => null); // the browser may not let us
    if (url && page.url !== url) await page.navigate(url).catch(() => null);
    return;
  }
  await self.clients.openWindow(url ?? new URL('/', self.registration.scope).href);
}

/**
 * Subscribes again with the same key and tells the server, which knows this browser by the old subscription's secret. A
 * page does so too, now or when the next one opens: it has the user's token.
 */
async function renew({ oldSubscription, newSubscription }) {
  const options = oldSubscription?.options ?? { userVisibleOnly: true };
  if (!newSubscription && !options.applicationServerKey) return;
  const subscription = newSubscription ?? (await self.registration.pushManager.subscribe(options));
  if (oldSubscription) await post('/push/renew', { old: oldSubscription.toJSON(), subscription: subscription.toJSON() });
  await tellPages({ type: 'carillon-subscription', old: oldSubscription?.endpoint ?? null, subscription: subscription.toJSON() });
}

/** `event` is `clicked` or `closed`. */
async function tellServer(token, event) {
  if (token) await post('/push/report', { token, event });
}

/** Does not fail: what cannot be told is lost, and the notification is handled all the same. */
async function post(path, body) {
  const url = new URL(`${self.carillonApi ?? '/api/v1'}${path}`, self.location.href);
  const headers = { 'Content-Type': 'application/json' };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), keepalive: true }).catch(() => null);
}

async function tellPages(message) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const page of pages) page.postMessage(message);
}
