import { $ } from './dom.js';

/** Light or dark: the system's, until the button is pressed. */
export function startTheme() {
  const root = document.documentElement;
  const remembered = localStorage.getItem('theme');
  if (remembered === 'light' || remembered === 'dark') root.dataset.theme = remembered;
  $('#theme').addEventListener('click', () => {
    const dark = (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    root.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('theme', root.dataset.theme);
  });
}
