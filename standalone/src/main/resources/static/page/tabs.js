import { $ } from './dom.js';

/** Tabs after the ARIA pattern: arrow keys move, the panel named by `aria-controls` shows. */
export function startTabs(tabs) {
  const select = (chosen, focus) => {
    for (const tab of tabs) {
      const selected = tab === chosen;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      $(`#${tab.getAttribute('aria-controls')}`).hidden = !selected;
    }
    if (focus) chosen.focus();
  };
  tabs.forEach((tab, at) => {
    tab.addEventListener('click', () => select(tab, false));
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) select(tabs[(at + step + tabs.length) % tabs.length], true);
    });
  });
}
