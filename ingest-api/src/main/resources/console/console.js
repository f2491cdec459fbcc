import { Api } from './api.js';
import { $, el } from './dom.js';
import { startTheme } from './theme.js';
import { ActionsPage } from './actions-page.js';
import { ActivityPage } from './activity-page.js';
import { FlowPage } from './flow-page.js';
import { LettersPage } from './letters-page.js';
import { LetterPage } from './letter-page.js';
import { PrivacyPage } from './privacy-page.js';
import { SearchPage } from './search-page.js';
import { SignInPage } from './sign-in-page.js';
import { TypesPage } from './types-page.js';
import { WebhooksPage } from './webhooks-page.js';

const PAGES = { flow: 'console-flow', letters: 'console-letters', letter: 'console-letter', search: 'console-search', activity: 'console-activity', types: 'console-types', webhooks: 'console-webhooks', privacy: 'console-privacy', actions: 'console-actions' };
const TITLES = { flow: 'Flow', letters: 'Dead letters', letter: 'Dead letter', search: 'Search', activity: 'Activity', types: 'Types', webhooks: 'Webhooks', privacy: 'Privacy', actions: 'Audit' };

customElements.define('console-flow', FlowPage);
customElements.define('console-letters', LettersPage);
customElements.define('console-letter', LetterPage);
customElements.define('console-search', SearchPage);
customElements.define('console-types', TypesPage);
customElements.define('console-actions', ActionsPage);
customElements.define('console-webhooks', WebhooksPage);
customElements.define('console-activity', ActivityPage);
customElements.define('console-privacy', PrivacyPage);
customElements.define('console-sign-in', SignInPage);

const api = new Api();
const main = $('#main');
let signed = null;
let toastTimer;

function show(name, parameters) {
  const page = document.createElement(name);
  page.api = api;
  page.parameters = parameters;
  main.replaceChildren(page);
}

function route() {
  if (!signed) return;
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const name = Object.hasOwn(PAGES, path) ? path : 'flow';
  document.title = `${TITLES[name]} · Carillon`;
  for (const link of document.querySelectorAll('#nav a')) {
    const current = link.hash === `#/${name === 'letter' ? 'letters' : name}`;
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  show(PAGES[name], new URLSearchParams(search));
}

function enter(who) {
  signed = who;
  for (const id of ['nav', 'who', 'out']) $(`#${id}`).hidden = !who;
  $('#who').replaceChildren(...(who ? ['Signed in as ', el('b', { title: who.name }, who.name)] : []));
  if (who) route();
  else show('console-sign-in', new URLSearchParams());
}

main.addEventListener('signedin', ({ detail }) => enter(detail));
document.addEventListener('say', ({ detail }) => {
  const toast = $('#toast');
  toast.textContent = detail;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 6_000);
});
api.addEventListener('signedout', () => enter(null));
addEventListener('hashchange', () => {
  main.focus({ preventScroll: true });
  route();
  scrollTo(0, 0);
});
$('#out').addEventListener('click', async () => {
  await api.signOut();
  enter(null);
});

startTheme();
enter(await api.current().catch(() => null));
