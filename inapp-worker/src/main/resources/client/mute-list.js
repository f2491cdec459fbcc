import { el } from './dom.js';
import { language, t } from './strings.js';

/** What is muted, each with a button that ends it; null where nothing is. */
export function muteList({ mutes }, change) {
  if (!mutes?.length) return null;
  const row = (mute, place) => {
    const name = [t(`mute_${mute.kind}`), mute.type, mute.id].filter(Boolean).join(' ');
    const end = mute.until && el('small', {}, t('mutedUntil', new Date(mute.until).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' })));
    const lift = () => change({ mutes: mutes.filter((_, other) => other !== place) });
    return el('li', { class: 'line' }, el('bdi', {}, name), end, el('button', { type: 'button', class: 'plain', id: `mute-${place}`, 'aria-label': `${t('unmute')}: ${name}`, on: { click: lift } }, t('unmute')));
  };
  return el('div', { class: 'section' }, el('span', { class: 'name', id: 'mutes' }, t('mutes')), el('ul', { class: 'mutes', 'aria-labelledby': 'mutes' }, mutes.map(row)));
}
