// Keeps the site on this device, for when there is no connection, and offers its new versions.
// The work is done by the service worker, sw.js; here is what the page shows of it and what the user answers.
import { keepMemory } from './memoria.js';

const WORKER = new URL('../../sw.js', import.meta.url);
const PATIENCE = 2000; // ms after which a download is worth mentioning

const status = document.getElementById('sin-conexion');
const news = document.getElementById('version-nueva');
const version = document.querySelector('meta[name=version]').content;

/** A frame of another site keeps nothing; a page opened from a file, or by plain http from afar, cannot. */
function isPossible() {
  if (!location.protocol.startsWith('http') || !isSecureContext) return false;
  try {
    return 'serviceWorker' in navigator && top.location.origin === location.origin;
  } catch {
    return false;
  }
}

/** `estado`: 'preparando', 'si' or 'no'. */
function show(estado) {
  document.documentElement.dataset.sinConexion = estado;
  for (const sentence of status.children) sentence.hidden = sentence.dataset.cuando !== estado;
}

function showProgress({ hechos, total }) {
  Object.assign(status.querySelector('progress'), { value: hechos, max: total });
}

function offer() {
  if (top === window) news.firstElementChild.hidden = false;
}

/**
 * Starts keeping the site. `settled` resolves when everything typed is in the draft: then the page may be loaded
 * again. `remembers`: Python's memory may be kept too.
 */
export async function keepSite(settled, remembers) {
  if (!isPossible()) return;
  await new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done));
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register(WORKER, { updateViaCache: 'none' });
  if (!registration) return; // blocked by a test or by an extension

  const waiting = setTimeout(() => show('preparando'), PATIENCE);
  registration.installing?.addEventListener('statechange', ({ target }) => {
    if (target.state !== 'redundant' || registration.active) return;
    clearTimeout(waiting);
    show('no'); // what did arrive is not fetched again on the next visit
  });
  const actions = {
    avance: showProgress,
    estado({ lista, nueva }) {
      clearTimeout(waiting);
      show(lista ? 'si' : 'no');
      if (nueva) offer();
      // Now its files come from this device, as they will at the next start.
      else if (lista && remembers) keepMemory(version);
    },
    async recargar() {
      await settled().catch(() => {});
      location.reload();
    },
  };
  serviceWorker.addEventListener('message', ({ data }) => actions[data.tipo]?.(data));
  serviceWorker.startMessages();

  const ask = async () => (await serviceWorker.ready).active.postMessage({ tipo: 'estado', version });
  serviceWorker.addEventListener('controllerchange', ask);
  news.addEventListener('click', async ({ target }) => {
    const button = target.closest('button');
    if (!button) return;
    news.firstElementChild.hidden = true;
    if (button.value === 'usar') (await serviceWorker.ready).active.postMessage({ tipo: 'usar' });
  });
  // A page may stay open for days.
  document.addEventListener('visibilitychange', () => document.hidden || registration.update().catch(() => {}));
  await ask();
}
