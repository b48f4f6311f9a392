// Keeps the draft on this device, in IndexedDB. Where the browser refuses storage (private mode, frames)
// `open` answers null and the page works without it.
import { clear, createStore, get, set } from '../vendor/idb-keyval.js';

const CLAVE = 'registro';

/**
 * Opens the store and reads what it holds: `{ registro, save(registro), erase() }`, or null without storage.
 *
 * Two tabs would write over each other, and bring back what the other erased. So a tab that hears another one
 * write stops writing, and calls `onOtherTab` once.
 */
export async function open(onOtherTab) {
  try {
    const store = createStore('raoce', 'borradores');
    const registro = (await get(CLAVE, store)) ?? null;
    const tabs = new BroadcastChannel('raoce-borradores');
    let stale = false;
    tabs.onmessage = () => {
      if (!stale) onOtherTab();
      stale = true;
    };
    const change = async (operation) => {
      if (stale) return;
      tabs.postMessage(null);
      await operation();
    };
    return {
      registro,
      save: (nuevo) => change(() => set(CLAVE, nuevo, store)),
      erase: () => change(() => clear(store)),
    };
  } catch {
    return null;
  }
}
