/**
 * A link that is safe to follow: http(s), or relative to the page. Everything else (javascript:, data:, blob:, …) is
 * null, however it is spelled: the browser's own parser decides.
 *
 * @returns {string | null}
 */
export function safeLink(link, base = globalThis.document?.baseURI ?? 'http://localhost/') {
  if (typeof link !== 'string' || link.trim() === '') return null;
  try {
    const url = new URL(link, base);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** True where the link leads to another origin than the page's. */
export function isForeign(href, base = globalThis.document?.baseURI ?? 'http://localhost/') {
  return new URL(href).origin !== new URL(base).origin;
}
