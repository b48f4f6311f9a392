// What shows before anything else of the page has come: the screen that the address asks for, as the build drew it.
// The first paint waits for this file, so it imports nothing.

const asked = new URLSearchParams(location.search);

export const isPractice = asked.get('modo') === 'practica';

/** Was the page asked for as a part of another (`?incrustado=1`)? */
export const incrustada = asked.get('incrustado') === '1';

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
if (isPractice) document.title = `Práctica — ${document.title}`;

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
showDrawn(isPractice ? 'en-practica' : (asked.get('pantalla') ?? first));
