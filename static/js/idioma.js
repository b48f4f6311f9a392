// The page in another language: what surrounds the screens, and the screens as the build drew them. What Python draws
// it says itself.
import { titleFor } from './dibujada.js';

const PAGE = (language) => new URL(`../data/pagina.${language}.html`, import.meta.url);
// As the build drew it, for who goes back to Spanish.
const spanish = document.documentElement.cloneNode(true);
let worn = 'es';

/** Rejects, and changes nothing, when the page in that language does not come. */
export async function wear(language) {
  if (language === worn) return;
  const next = language === 'es' ? spanish : await fetchPage(language);
  worn = language;
  const root = document.documentElement;
  root.lang = next.lang;
  for (const name of ['title', 'meta[name=description]']) say(root.querySelector(name), next.querySelector(name));
  document.title = titleFor(root.querySelector('title'));
  for (const part of next.querySelector('body').children) {
    const here = document.body.querySelector(`:scope > ${nameOf(part)}`);
    if (here && part.localName === 'template') here.replaceWith(document.importNode(part, true));
    else if (here && part.id !== 'app') say(here, part);
  }
}

async function fetchPage(language) {
  // The page that opens from a disk has it at its end.
  if (document.readyState === 'loading') await new Promise((read) => addEventListener('DOMContentLoaded', read, { once: true }));
  const response = await fetch(PAGE(language));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html').documentElement;
}

const nameOf = ({ id, classList, localName }) => (id ? `#${id}` : [localName, ...classList].join('.'));

const isSaid = (name) => ['aria-label', 'content', 'lang', 'hreflang', 'href', 'data-idioma'].includes(name) || name.startsWith('data-dice');

/** `here` with the texts of `next`, which was drawn from the same source; what has happened in it stays. */
function say(here, next) {
  for (const { name, value } of next.attributes) if (isSaid(name)) here.setAttribute(name, value);
  if (here.localName === 'noscript') return;
  if (here.childNodes.length !== next.childNodes.length) return here.replaceChildren(...document.importNode(next, true).childNodes);
  here.childNodes.forEach((child, n) => {
    const other = next.childNodes[n];
    if (child.nodeType === Node.TEXT_NODE) child.data = other.data;
    else if (child.nodeType === Node.ELEMENT_NODE && child.localName === other.localName) say(child, other);
  });
}
