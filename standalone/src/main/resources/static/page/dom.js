/** An element with attributes, listeners (`on`) and children; text is always text. */
export function el(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (selector, root = document) => root.querySelector(selector);

/** A person's initial in a circle, of her own colour where she is a user of the demo. */
export function avatar(user, known = true) {
  return el('span', { class: known ? `avatar ${user}` : 'avatar', 'aria-hidden': 'true' }, user.slice(0, 1).toUpperCase());
}
