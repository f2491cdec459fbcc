import { el } from './dom.js';
import { itemElement } from './item-view.js';
import { isForeign, safeLink } from './links.js';
import { t } from './strings.js';

/** One line of the inbox: an item with a box to select it, its own buttons, and what can be done with any. */
export function inboxRow(notification, selected, actions) {
  const row = itemElement(notification, actions);
  const select = el('input', {
    type: 'checkbox',
    class: 'select',
    checked: selected,
    'data-part': 'select',
    'aria-label': t('select', notification.title ?? ''),
    on: { change: ({ target }) => actions.select(target.checked) },
  });
  row.prepend(select);
  row.classList.toggle('selected', selected);
  row.querySelector('.main').dataset.part = 'main';
  const about = (notification.subjects ?? []).map(subjectLink).filter(Boolean);
  if (about.length) row.querySelector('.meta').append(...about);
  const own = (notification.actions ?? []).map((action) => ownButton(action, actions)).filter(Boolean);
  if (own.length) row.append(el('div', { class: 'own' }, own));
  const read = notification.is_read;
  row.querySelector('.main').after(
    el(
      'span',
      { class: 'more' },
      quiet('read', t(read ? 'markUnread' : 'markRead'), () => actions.read(!read)),
      actions.view === 'archived' ? quiet('archive', t('unarchive'), actions.unarchive) : quiet('archive', t('archive'), actions.archive),
      ['all', 'unreadOnly'].includes(actions.view) && quiet('snooze', t('snooze'), actions.snooze, t('snoozeHint')),
    ),
  );
  return row;
}

function ownButton(action, { act }) {
  if (!action.url) return el('button', { type: 'button', class: 'button', on: { click: () => act(action) } }, action.label);
  const href = safeLink(action.url);
  if (!href) return null;
  const foreign = isForeign(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return el('a', { class: 'button', href, ...foreign }, action.label);
}

/** A link to what it is about, by its name. */
function subjectLink({ name, id, url }) {
  const href = safeLink(url);
  return href && el('a', { class: 'subject', href }, el('bdi', {}, name ?? id));
}

function quiet(part, text, click, title = null) {
  return el('button', { type: 'button', class: 'text', 'data-part': part, title, on: { click } }, text);
}
