/**
 * An element with its properties, attributes and children. Strings become text nodes, so no field of a notification can
 * bring markup; null and false are left out.
 */
export function el(tag, { class: className, on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener);
  for (const [name, value] of Object.entries(attributes)) {
    if ((value ?? false) === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(2).filter((child) => (child ?? false) !== false));
  return element;
}

/** A style sheet for shadow roots: no `<style>` element, so a strict content security policy allows it. */
export function sheet(css) {
  if (!globalThis.CSSStyleSheet) return null;
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  return styles;
}
