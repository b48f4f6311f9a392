// What shows before anything else of the page has come: the screen that the address asks for, as the build drew it.
// The first paint waits for this file, so it imports nothing.

const asked = new URLSearchParams(location.search);

export const isPractice = asked.get('modo') === 'practica';

/** Was the page asked for as a part of another (`?incrustado=1`)? */
export const incrustada = asked.get('incrustado') === '1';

/** The language that the device remembers. */
export const LANGUAGE_KEPT = 'raoce-idioma';

/** The language in which the page opens at an address that ends like this. */
export function languageAsked(search) {
  const said = new URLSearchParams(search).get('lang')?.split('-')[0].toLowerCase();
  if (said === 'es' || said === 'en') return said;
  try {
    return localStorage.getItem(LANGUAGE_KEPT) === 'en' ? 'en' : 'es';
  } catch {
    return 'es';
  }
}

/** The language of the page: 'es' or 'en'. */
export const language = languageAsked(location.search);

// Addresses that people have kept (see ANTES in py/tramite/pantallas.py).
const MOVED = { borradores: 'empresas' };

/** Puts the screen as drawn at build time into the page; one that there is not changes nothing. */
export function showDrawn(pantalla) {
  const drawn = document.getElementById(`pantalla-${MOVED[pantalla] ?? pantalla}`);
  if (drawn) document.getElementById('app').replaceChildren(drawn.content.cloneNode(true));
}

// A sandbox without `allow-same-origin` leaves no worker and no storage: the page then says what to allow.
if (window.top === window || self.origin !== 'null') document.documentElement.dataset.guion = 'si';
if (incrustada) document.documentElement.dataset.incrustado = 'si';
const title = document.querySelector('title');
export const titleFor = ({ textContent, dataset }) => (isPractice ? `${dataset.dicePractica} — ${textContent}` : textContent);
document.title = titleFor(title);

/** Set while the device keeps a draft: whoever has one begins at the steps and not at «Inicio». */
export const DRAFT_KEPT = 'raoce-hay-borrador';
/** Set while a folder is chosen for copies: `si`, or `debe` when it lacks the last change. */
export const FOLDER_CHOSEN = 'raoce-carpeta';

function hasDraft() {
  try {
    return localStorage.getItem(DRAFT_KEPT) !== null;
  } catch {
    return false; // a frame, or a browser that keeps nothing
  }
}

const asksForNothing = [...asked.keys()].every((name) => name === 'lang');
const first = asksForNothing && !hasDraft() ? 'inicio' : 'plazos';
const screen = isPractice ? 'en-practica' : (asked.get('pantalla') ?? first);
showDrawn(screen);
if (language !== 'es') speakFirst();

/** Nothing shows in Spanish before the page speaks the other language, unless that does not come. */
async function speakFirst() {
  const { dataset } = document.documentElement;
  dataset.espera = 'idioma';
  try {
    const { wear } = await import('./idioma.js');
    await wear(language);
    if (dataset.python !== 'listo') showDrawn(screen);
  } catch (error) {
    console.warn(error);
  } finally {
    delete dataset.espera;
  }
}
