import { safeLink } from '/client/index.js';
import { el } from './dom.js';

/** Elements of a mail that have no business on a page, whatever the sandbox does. */
const UNWANTED = 'script, iframe, frame, object, embed, base, meta, link, form, template';

/**
 * Shows a mail's HTML in a sandboxed frame: no scripts, no forms, links in a new tab. Its styles are applied through the
 * object model, so that the page needs no `unsafe-inline`.
 */
export function showHtml(parent, html) {
  const frame = el('iframe', { sandbox: 'allow-same-origin allow-popups allow-popups-to-escape-sandbox', title: 'The mail as HTML', referrerpolicy: 'no-referrer' });
  frame.addEventListener('load', () => fill(frame, html), { once: true });
  parent.replaceChildren(frame);
}

function fill(frame, html) {
  const mail = new DOMParser().parseFromString(quieten(html), 'text/html');
  for (const element of mail.querySelectorAll(UNWANTED)) element.remove();
  const sheets = [...mail.querySelectorAll('style, mail-style')].map((style) => {
    const sheet = new frame.contentWindow.CSSStyleSheet();
    sheet.replaceSync(style.textContent);
    style.remove();
    return sheet;
  });
  const page = frame.contentDocument;
  page.adoptedStyleSheets = sheets;
  copyStyles(mail.body, page.body);
  page.body.replaceChildren(...[...mail.body.childNodes].map((node) => adopt(page, node)));
  for (const link of page.querySelectorAll('a[href]')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  fit(frame);
  new frame.contentWindow.ResizeObserver(() => fit(frame)).observe(page.body);
}

/**
 * The HTML with styles and handlers under other names, so that merely parsing it does not report violations of the
 * page's policy. Not a filter: what it misses is harmless too.
 */
function quieten(html) {
  return html
    .replace(/<(\/?)style\b/gi, '<$1mail-style')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)(?=\s*=)/gi, ' mail-$1'));
}

/** A copy of the node without event handlers, its inline styles set one by one. */
function adopt(page, node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return page.createTextNode(node.nodeType === Node.TEXT_NODE ? node.data : '');
  const copy = page.createElementNS(node.namespaceURI, node.localName);
  for (const { name, value } of node.attributes) {
    if (isWanted(name, value)) copy.setAttribute(name, value);
  }
  copyStyles(node, copy);
  copy.append(...[...node.childNodes].map((child) => adopt(page, child)));
  return copy;
}

function isWanted(name, value) {
  if (name === 'href') return value.startsWith('mailto:') || safeLink(value) !== null;
  if (name === 'src') return /^(https:|data:image\/)/i.test(value);
  return name !== 'style' && !name.startsWith('on') && !name.startsWith('mail-');
}

function copyStyles(from, to) {
  const style = from.getAttribute('mail-style') ?? from.getAttribute('style');
  if (style) to.style.cssText = style;
}

/** The frame as high as its content, up to a limit beyond which it scrolls. */
function fit(frame) {
  const height = frame.contentDocument?.documentElement.scrollHeight ?? 0;
  frame.style.height = `${Math.min(Math.max(height, 120), 520)}px`;
}
