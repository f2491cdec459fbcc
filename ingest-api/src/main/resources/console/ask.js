import { el, problem } from './dom.js';

/**
 * Asks before something is done, and stays open where it is refused.
 *
 * @returns what `act` answered, or null where it was not wanted after all
 */
export function ask({ title, text, fields = [], confirm, danger = false, act }) {
  return new Promise((resolve) => {
    const error = problem();
    let answer = null;
    const yes = el('button', { class: danger ? 'primary danger' : 'primary', type: 'submit' }, confirm);
    const no = el('button', { class: 'ghost', type: 'button', on: { click: () => dialog.close() } }, 'Cancel');
    const form = el('form', {}, el('h2', {}, title), el('p', { class: 'hint' }, text), fields, error, el('div', { class: 'actions' }, yes, no));
    const dialog = el('dialog', { 'aria-label': title }, form);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      yes.disabled = true;
      error.show(null);
      try {
        answer = await act();
        dialog.close();
      } catch (refusal) {
        error.show(refusal);
        yes.disabled = false;
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
