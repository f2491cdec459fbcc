import { el } from './dom.js';
import { t } from './strings.js';

/** Asks in a modal dialog. @returns {Promise<boolean>} true only for the button that says so */
export function confirmed(root, question, yes) {
  const dialog = el('dialog', { 'aria-label': question });
  const button = (text, value, className) => el('button', { type: 'button', class: className, on: { click: () => dialog.close(value) } }, text);
  dialog.append(el('p', {}, question), el('div', { class: 'answers' }, button(t('cancel'), 'no', 'button'), button(yes, 'yes', 'button danger')));
  root.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
