/** Icons as paths in a 24 × 24 box, drawn with a stroke. A notification may name one; else its level decides. */
const PATHS = {
  bell: 'M18 8.5a6 6 0 0 0-12 0c0 6.5-2.5 8-2.5 8h17s-2.5-1.5-2.5-8M10 20a2.2 2.2 0 0 0 4 0',
  close: 'M6 6l12 12M18 6L6 18',
  info: 'M12 11v5.5M12 7.5v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  success: 'M8 12.4l2.8 2.8L16 9.6M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  warning: 'M12 9.5v4M12 16.6v.1M10.3 4.2L2.9 17.3A2 2 0 0 0 4.6 20.2h14.8a2 2 0 0 0 1.7-2.9L13.7 4.2a2 2 0 0 0-3.4 0z',
  error: 'M12 7.5v5M12 16v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
};

const byType = new Map();
const asked = new WeakMap();

/** Learns which icons the catalogue gives to types, once for a client; without an answer the levels' icons do. */
export function learnIcons(client) {
  if (!asked.has(client)) asked.set(client, learn(client).catch(() => {}));
  return asked.get(client);
}

async function learn(client) {
  for (const { name, icon: given } of (await client.types()).types) byType.set(name, given);
}

/** The icon to show: the notification's own, its type's, or its level's. */
export function iconName({ icon: own, type }, level) {
  return [own, byType.get(type), level].find(hasIcon) ?? 'bell';
}

/** Adds icons, or replaces them: name → path. */
export function addIcons(paths) {
  Object.assign(PATHS, paths);
}

const SVG = 'http://www.w3.org/2000/svg';

/** @returns {SVGElement} the icon, hidden from screen readers */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' })) {
    svg.setAttribute(key, value);
  }
  const path = svg.appendChild(document.createElementNS(SVG, 'path'));
  path.setAttribute('d', Object.hasOwn(PATHS, name) ? PATHS[name] : PATHS.bell);
  return svg;
}

export function hasIcon(name) {
  return typeof name === 'string' && Object.hasOwn(PATHS, name);
}
