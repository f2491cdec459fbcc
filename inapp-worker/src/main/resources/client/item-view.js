import { el, sheet } from './dom.js';
import { icon, iconName } from './icons.js';
import { isForeign, safeLink } from './links.js';
import { timeElement } from './relative-time.js';
import { t } from './strings.js';

const LEVELS = ['info', 'success', 'warning', 'error'];

export const itemStyles = sheet(`
.item { position: relative; display: grid; grid-template-columns: auto 1fr auto; gap: 2px 12px; padding-block: 12px; padding-inline: 18px 12px; border-radius: 10px; }
.item:hover, .item:focus-within { background: var(--_hover); }
.level { grid-row: span 3; inline-size: 34px; block-size: 34px; border-radius: 50%; display: grid; place-items: center; color: var(--_level); background: color-mix(in srgb, var(--_level) 13%, transparent); }
@media (forced-colors: active) { .level, .dot { border: 1px solid; } }
.level .icon { inline-size: 18px; block-size: 18px; }
.info { --_level: var(--_info); } .success { --_level: var(--_success); } .warning { --_level: var(--_warning); } .error { --_level: var(--_error); }
.main { color: inherit; text-decoration: none; text-align: start; min-inline-size: 0; outline-offset: 0; cursor: pointer; }
.main::after { content: ""; position: absolute; inset: 0; border-radius: inherit; }
.main:focus-visible { outline: 0; } .main:focus-visible::after { outline: 2px solid var(--_accent); outline-offset: -2px; }
.title { display: block; font-weight: 500; overflow-wrap: anywhere; }
.title, .body { text-align: left; } :host(:dir(rtl)) :is(.title, .body) { text-align: right; } .meta > * { unicode-bidi: plaintext; font-style: normal; }
.unread .title { font-weight: 650; }
.body { color: var(--_muted); overflow-wrap: anywhere; white-space: pre-line; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; grid-column: 2; }
.meta { color: var(--_muted); font-size: 12px; display: flex; gap: 6px; flex-wrap: wrap; grid-column: 2; }
.dot { position: absolute; inset-inline-start: 6px; inset-block-start: 25px; inline-size: 8px; block-size: 8px; border-radius: 50%; background: var(--_accent); }
.dismiss { position: relative; z-index: 1; grid-column: 3; grid-row: 1; inline-size: 26px; block-size: 26px; border-radius: 7px; display: grid; place-items: center; margin-block: -3px; color: var(--_muted); opacity: 0; }
.dismiss .icon { inline-size: 15px; block-size: 15px; }
.item:hover .dismiss, .item:focus-within .dismiss, .dismiss:focus-visible { opacity: 1; }
.dismiss:hover { background: var(--_border); color: var(--_text); }
@media (hover: none) { .dismiss { opacity: 1; } }
`);

/** The level to colour by; `info` for what we do not know. */
export function levelOf(notification) {
  return LEVELS.includes(notification.level) ? notification.level : 'info';
}

/** The round icon at the start of an item. */
export function levelIcon(notification) {
  const level = levelOf(notification);
  return el('span', { class: `level ${level}` }, icon(iconName(notification, level === 'info' ? 'bell' : level)));
}

/** What opens the notification: a link where it has a safe one, else a button. `follow` is called with the click. */
export function mainElement(notification, className, follow, ...children) {
  const href = safeLink(notification.action_url);
  const link = href && { href, ...(isForeign(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {}) };
  return el(link ? 'a' : 'button', { class: className, on: { click: follow }, ...(link || { type: 'button' }) }, ...children);
}

/**
 * One notification as a list item; one of a time series cannot be dismissed.
 *
 * @param {{open: (event: MouseEvent) => void, dismiss: () => void, unfold?: () => void}} actions `unfold` shows its whole thread
 */
export function itemElement(notification, { open, dismiss, unfold }) {
  const { title, body, mode, actor, created_at: createdAt, is_read: isRead, thread_count: inThread } = notification;
  const heading = [el('span', { class: 'title', dir: 'auto' }, title || notification.type || ''), !isRead && unreadDot()];
  const close = el('button', { class: 'dismiss', type: 'button', 'aria-label': `${t('dismiss')}: ${title ?? ''}`, on: { click: dismiss } });
  close.append(icon('close'));
  return el(
    'li',
    { class: `item ${isRead ? '' : 'unread'}`, 'data-id': notification.id },
    levelIcon(notification),
    mainElement(notification, 'main', open, heading),
    mode !== 'timeseries' && close,
    body && el('span', { class: 'body', dir: 'auto' }, body),
    el('span', { class: 'meta' }, actor?.name && [el('bdi', {}, actor.name), el('i', {}, '·')], createdAt && timeElement(createdAt), inThread > 1 && [el('i', {}, '·'), threadElement(inThread, unfold)]),
  );
}

function threadElement(count, unfold) {
  if (!unfold) return el('span', {}, t('inThread', count));
  return el('button', { class: 'thread', type: 'button', 'data-part': 'thread', on: { click: unfold } }, t('inThread', count));
}

function unreadDot() {
  return el('span', { class: 'dot' }, el('span', { class: 'sr' }, t('unreadItem')));
}
