/** An element with attributes, listeners (`on`) and children; text is always text. */
export function el(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (selector, root = document) => root.querySelector(selector);

/** A labelled field of a form. */
export function field(label, control, extra = '') {
  return el('label', { class: extra }, label, control);
}

/** A choice; `options` are pairs of value and words. */
export function select(name, options, chosen = '') {
  return el('select', { name }, options.map(([value, words]) => el('option', { value, selected: value === chosen }, words)));
}

/** What went wrong, read out at once; empty text hides it. */
export function problem() {
  const box = el('p', { class: 'problem', role: 'alert', hidden: true });
  box.show = (error) => {
    box.textContent = error ? describe(error) : '';
    box.hidden = !error;
  };
  return box;
}

function describe(error) {
  const fields = error.errors?.map(({ field: name, message }) => `${name}: ${message}`) ?? [];
  return fields.length > 1 ? fields.join(' · ') : error.message;
}
