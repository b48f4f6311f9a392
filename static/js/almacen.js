// Keeps the draft on this device, in IndexedDB. Where the browser refuses storage (private mode, frames)
// `open` answers null and the page works without it.
import { clear, createStore, get, set } from '../vendor/idb-keyval.js';

const CLAVE = 'registro';

/** Opens the store and reads what it holds: `{ registro, save(registro), erase() }`, or null without storage. */
export async function open() {
  try {
    const store = createStore('raoce', 'borradores');
    const registro = (await get(CLAVE, store)) ?? null;
    return {
      registro,
      save: (nuevo) => set(CLAVE, nuevo, store),
      erase: () => clear(store),
    };
  } catch {
    return null;
  }
}
