/** So many of the latest notifications are remembered, and for so long, in milliseconds. */
const KEPT = 200;
const LASTS = 600_000;

/** Keeps the stream's position and the ids that were seen for the next page of this tab. */
export function remember(name, lastSeen, seen) {
  if (!name || !lastSeen) return;
  try {
    sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), lastSeen, seen: seen.latest(KEPT) }));
  } catch {
    // A full or forbidden store only costs the memory.
  }
}

/** What {@link remember} kept; nothing where it is too old. @returns {{lastSeen: string, seen: [string, unknown][]}} */
export function recall(name) {
  try {
    const { at, lastSeen, seen } = JSON.parse(sessionStorage.getItem(name));
    if (Date.now() - at < LASTS && typeof lastSeen === 'string' && Array.isArray(seen)) return { lastSeen, seen };
  } catch {
    // None, or not ours.
  }
  return { lastSeen: '', seen: [] };
}
