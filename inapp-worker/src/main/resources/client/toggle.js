import { el } from './dom.js';

/** A switch; `change` is called with its new state. */
export function box(id, on, change, more = {}) {
  return el('input', { type: 'checkbox', role: 'switch', id, checked: on, on: { change: ({ target }) => change(target.checked) }, ...more });
}

/** A switch with its name. */
export function toggle(id, name, on, change) {
  return el('label', { class: 'toggle' }, box(id, on, change), el('span', {}, name));
}
