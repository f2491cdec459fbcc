/** Pixels between a panel and the window's edge, and its anchor. */
const GAP = 8;

/** Places a fixed panel below its anchor, at the anchor's inline end; between the window's sides, and as wide as they allow on a phone. */
export function placeBelow(panel, anchor) {
  const box = anchor.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const phone = width < 480;
  const rtl = getComputedStyle(anchor).direction === 'rtl';
  const wanted = rtl ? box.left : box.right - panel.offsetWidth;
  panel.style.width = phone ? `${width - 2 * GAP}px` : '';
  panel.style.left = `${phone ? GAP : Math.min(Math.max(wanted, GAP), width - panel.offsetWidth - GAP)}px`;
  panel.style.top = `${box.bottom + GAP}px`;
}
