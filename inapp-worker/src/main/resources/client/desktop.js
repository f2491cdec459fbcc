import { isFirst } from './chime.js';

/** Shows a notification of the browser's own while nobody looks at this page; permission was given elsewhere. */
export async function showOnDesktop({ id, title, body, type, image, group }, follow) {
  if (!document.hidden || globalThis.Notification?.permission !== 'granted' || !(await isFirst(`carillon desktop ${id}`))) return;
  try {
    const shown = new Notification(title || type || '', { body: body ?? '', tag: group ?? id, image: image ?? undefined });
    shown.onclick = () => {
      globalThis.focus();
      shown.close();
      follow();
    };
  } catch {
    // Some phones show them through a service worker only; there push does it.
  }
}
