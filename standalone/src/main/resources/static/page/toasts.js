import { $ } from './dom.js';

/** Below the header, whose bell stays within reach; on a phone over it, rather than over the form, with a line of the text. */
const PLACE = `
.top-end { inset-block-start: calc(72px + env(safe-area-inset-top, 0px)); }
@media (max-width: 640px) {
  .top-end { inset-block-start: calc(8px + env(safe-area-inset-top, 0px)); }
  .toast .body { -webkit-line-clamp: 1; }
}`;

/** Places the toasts, and lets urgent ones go after their time as all others do: here they would only cover the page. */
export function startToasts() {
  const toasts = $('carillon-toasts');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PLACE);
  toasts.shadowRoot.adoptedStyleSheets = [...toasts.shadowRoot.adoptedStyleSheets, sheet];
  document.addEventListener('carillon-notification', (event) => {
    const { priority, silent, replayed, is_read: isRead } = event.detail;
    if (priority !== 'urgent' || silent || replayed || isRead) return;
    event.preventDefault();
    toasts.show({ ...event.detail, priority: 'high' });
  });
}
