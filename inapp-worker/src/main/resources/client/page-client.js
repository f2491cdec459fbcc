/** The client that this page's components share, where they were not given one of their own. */
let current = null;
const watchers = new Set();

/** @param {import('./carillon-client.js').CarillonClient | null} client replaces the one before, which is not closed */
export function providePageClient(client) {
  current = client;
  for (const watcher of [...watchers]) watcher(client);
}

/** Calls back with the page's client, now and whenever it changes. @returns {() => void} ends that */
export function watchPageClient(watcher) {
  watchers.add(watcher);
  watcher(current);
  return () => watchers.delete(watcher);
}
