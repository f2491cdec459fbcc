/** Pixels between a panel, its anchor and the window's edge. */
const GAP = 8;

/** A panel opens upwards where fewer pixels are left below its anchor, and more above. */
const ROOM = 360;

/**
 * Places a fixed panel at its anchor's inline end, below it or, where there is more room, above: always within the window,
 * no higher than the room and 60 % of the window, and as wide as a phone allows.
 */
export function placeAt(panel, anchor) {
  const box = anchor.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const phone = width < 480;
  const rtl = getComputedStyle(anchor).direction === 'rtl';
  const wanted = rtl ? box.left : box.right - panel.offsetWidth;
  panel.style.width = phone ? `${width - 2 * GAP}px` : '';
  panel.style.left = `${phone ? GAP : Math.min(Math.max(wanted, GAP), width - panel.offsetWidth - GAP)}px`;
  const { up, room } = side(box, height);
  panel.style.top = up ? '' : `${box.bottom + GAP}px`;
  panel.style.bottom = up ? `${height - box.top + GAP}px` : '';
  panel.style.maxHeight = `${Math.min(room, 0.6 * height)}px`;
}

/** On which side of the anchor a panel opens in a window of this height, and the pixels that it has there. */
export function side({ top, bottom }, height) {
  const below = height - bottom - 2 * GAP;
  const above = top - 2 * GAP;
  const up = below < Math.min(ROOM, 0.6 * height) && above > below;
  return { up, room: Math.max(up ? above : below, 0) };
}
