// A second copy of the drafts, in Cache Storage. Chromium throws IndexedDB away, whole and without a word, when it was
// killed in the middle of a write of its own; what is kept elsewhere stays.
const NAME = 'raoce-copia';
const PAUSE = 250; // ms between writes
const PATIENCE = 1000; // ms that the start waits for it

const place = (clave, turn) => `${location.origin}/${NAME}/${encodeURIComponent(clave)}?${turn % 2}`;

const late = (instead) => new Promise((done) => setTimeout(done, PATIENCE, instead));

/** Is there a copy? False too where the browser has no place for one, or does not say: WebKitGTK may never answer. */
export async function hasCopy() {
  if (!('caches' in globalThis)) return false;
  return Promise.race([caches.has(NAME).catch(() => false), late(false)]);
}

/** What the copy holds, name of the entry → value; nothing when it does not come. */
export const readCopy = () => Promise.race([readAll().catch(() => ({})), late({})]);

async function readAll() {
  const newest = {};
  for (const response of await (await caches.open(NAME)).matchAll()) {
    const found = await response.json().catch(() => null); // cut off
    if (found && !(newest[found.clave]?.turn > found.turn)) newest[found.clave] = found;
  }
  return Object.fromEntries(Object.values(newest).map(({ clave, valor }) => [clave, valor]));
}

/** Keeps the copy: `note(cambios)` as `save` of almacen.js, `erase()`. Each entry has two places, written in turn. */
export function createCopy() {
  const turns = new Map();
  let pending = {};
  let timer = 0;
  let writing = Promise.resolve();

  async function put(cache, clave, valor) {
    const turn = (turns.get(clave) ?? -1) + 1;
    turns.set(clave, turn);
    if (valor !== null) await cache.put(place(clave, turn), new Response(JSON.stringify({ clave, turn, valor })));
    // What another visit left there counts its turns from the beginning too.
    if (turn === 0 || valor === null) await cache.delete(place(clave, 1));
    if (valor === null) await cache.delete(place(clave, 0));
  }

  async function write() {
    timer = 0;
    const cambios = Object.entries(pending);
    pending = {};
    const cache = await caches.open(NAME);
    await Promise.all(cambios.map(([clave, valor]) => put(cache, clave, valor)));
  }

  return {
    note(cambios) {
      if (!('caches' in globalThis)) return;
      Object.assign(pending, cambios);
      timer ||= setTimeout(() => (writing = writing.then(write).catch(console.warn)), PAUSE);
    },
    async erase() {
      clearTimeout(timer);
      timer = 0;
      pending = {};
      if ('caches' in globalThis) await (writing = writing.then(() => caches.delete(NAME)));
    },
  };
}
