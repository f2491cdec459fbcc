import { el, field, problem } from './dom.js';
import { Page } from './page.js';

/** Asks for a key with the scope operate, and leads to the issuer where there is one. */
export class SignInPage extends Page {
  render() {
    document.title = 'Sign in · Carillon';
    const error = problem();
    const key = el('input', { name: 'key', type: 'password', required: true, autocomplete: 'current-password', spellcheck: 'false', maxlength: 512 });
    const submit = el('button', { class: 'primary', type: 'submit' }, 'Sign in');
    const other = el('div', { class: 'actions wideField' });
    const form = el('form', { class: 'card signin' },
      el('h1', {}, 'Operators’ console'),
      el('p', { class: 'hint' }, 'Sign in with an API key that has the scope ', el('code', {}, 'operate'), '. Of ', el('code', {}, './carillon'), ' it is in ', el('code', {}, '.carillon/secrets.properties'), '.'),
      field('API key', key, 'wideField'),
      error,
      el('div', { class: 'actions wideField' }, submit),
      other);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      error.show(null);
      if (!key.value.trim()) return key.focus();
      submit.disabled = true;
      try {
        const detail = await this.api.signIn(key.value.trim());
        this.dispatchEvent(new CustomEvent('signedin', { bubbles: true, detail }));
      } catch (refusal) {
        error.show(refusal);
        submit.disabled = false;
        key.select();
      }
    });
    this.replaceChildren(form);
    key.focus();
    this.#offer(other);
  }

  /** A key does where this is not known. */
  async #offer(place) {
    const { oidc } = await this.api.ways().catch(() => ({}));
    if (oidc) place.append(el('a', { class: 'ghost', href: `${oidc.href}?return=${encodeURIComponent(`/console/${location.hash}`)}` }, oidc.label));
  }
}
