// Keeps the drafts on this device, in IndexedDB. Where the browser refuses storage (private mode, frames)
// `open` answers null and the page works without it.
import { clear, createStore, entries, promisifyRequest } from '../vendor/idb-keyval.js';

/**
 * Opens the store and reads what it holds: `{ registro, save(cambios), erase(), settled() }`, or null without storage.
 * `registro` and `cambios` are plain objects, name of the entry → value; in `cambios` null removes the entry.
 * `settled` resolves when what has been saved is on the disk.
 *
 * Two tabs would write over each other, and bring back what the other erased. So a tab that hears another one
 * write stops writing, and calls `onOtherTab` once.
 */
export async function open(onOtherTab) {
  try {
    const store = createStore('raoce', 'borradores');
    const registro = Object.fromEntries(await entries(store));
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
      save: (cambios) => change(() => store('readwrite', (kept) => write(kept, cambios))),
      erase: () => change(() => clear(store)),
      // A transaction begins when those before it have ended.
      settled: () => store('readonly', (kept) => promisifyRequest(kept.count())),
    };
  } catch {
    return null;
  }
}

/** All of them or none: one transaction. */
function write(kept, cambios) {
  for (const [clave, valor] of Object.entries(cambios)) {
    if (valor === null) kept.delete(clave);
    else kept.put(valor, clave);
  }
  const done = promisifyRequest(kept.transaction);
  // Not to wait for an answer first: the page may be closed at any moment.
  kept.transaction.commit();
  return done;
}
