/** Built-in icons as paths in a 24 × 24 box, drawn with a stroke. A notification may name one; else its level decides. */
const PATHS = {
  bell: 'M18 8.5a6 6 0 0 0-12 0c0 6.5-2.5 8-2.5 8h17s-2.5-1.5-2.5-8M10 20a2.2 2.2 0 0 0 4 0',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M4.5 12.5l5 5L19.5 7',
  info: 'M12 11v5.5M12 7.5v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  success: 'M8 12.4l2.8 2.8L16 9.6M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  warning: 'M12 9.5v4M12 16.6v.1M10.3 4.2L2.9 17.3A2 2 0 0 0 4.6 20.2h14.8a2 2 0 0 0 1.7-2.9L13.7 4.2a2 2 0 0 0-3.4 0z',
  error: 'M12 7.5v5M12 16v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  message: 'M21 11.5a8.4 8.4 0 0 1-12.3 7.4L3 20.5l1.7-5.2A8.4 8.4 0 1 1 21 11.5z',
  user: 'M19.5 20a7.5 7.5 0 0 0-15 0M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0',
  money: 'M4 6.5h16v11H4zM12 14.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6',
  shield: 'M12 21s7.5-3.5 7.5-9.5V5.5L12 3 4.5 5.5v6C4.5 17.5 12 21 12 21z',
  build: 'M14.7 6.3a4 4 0 0 0-5.2 5.2L3.5 17.5l3 3 6-6a4 4 0 0 0 5.2-5.2l-2.5 2.5-3-3z',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4',
  mail: 'M3.5 6h17v12.5h-17zM4 7l8 6 8-6',
};

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
