// Keeps the drafts on this device, in IndexedDB. Where the browser refuses storage (private mode, frames)
// `open` answers null and the page works without it.
import { createStore, entries, promisifyRequest } from '../vendor/idb-keyval.js';
import { createCopy, hasCopy, readCopy } from './copia.js';

const RETRY = 2000; // ms after which what could not be written is tried again
// Left by «Borrar todo» until the copy has gone too: the page may be closed in between, and nothing comes back from it.
const ERASED = 'borrado';

/**
 * Opens the store and reads what it holds: `{ registro, tecleado, save(cambios), erase(), settled() }`, or null
 * without storage. `registro` and `cambios` are plain objects, name of the entry → value; in `cambios` null removes
 * the entry. `tecleado` is an entry of the page's own, see tecleado.js. `settled` resolves when what has been saved is
 * on the disk. `onWriting(works)` is told when a write fails, and when what it left has been written after all.
 *
 * Two tabs would write over each other, and bring back what the other erased. So a tab that hears another one
 * write stops writing, and calls `onOtherTab` once.
 */
export async function open({ onOtherTab, onWriting }) {
  try {
    // Before anything is read: what another tab writes meanwhile is heard.
    const tabs = new BroadcastChannel('raoce-borradores');
    let stale = false;
    tabs.onmessage = () => {
      if (!stale) onOtherTab();
      stale = true;
    };
    const store = createStore('raoce', 'borradores');
    const kept = Object.fromEntries(await entries(store));
    const isEmpty = !Object.keys(kept).length;
    const isLost = isEmpty && (await hasCopy());
    const { tecleado, [ERASED]: erased, ...registro } = isLost ? await readCopy() : kept;
    const copy = createCopy();
    if (erased) copy.erase().then(() => save({ [ERASED]: null })).catch(console.warn);
    else if (!isEmpty) hasCopy().then((has) => has || copy.note(kept));
    let owed = {}; // what is not known to be on the disk: each write takes all of it along
    let works = true;
    const told = (now) => {
      if (now !== works) onWriting(now);
      works = now;
    };
    async function save(cambios) {
      if (stale) return;
      tabs.postMessage(null);
      copy.note(cambios);
      const written = (owed = { ...owed, ...cambios });
      try {
        await store('readwrite', (kept) => write(kept, written));
        owed = Object.fromEntries(Object.entries(owed).filter(([clave, valor]) => valor !== written[clave]));
        told(true);
      } catch (error) {
        console.warn(error);
        told(false);
        setTimeout(() => Object.keys(owed).length && save({}), RETRY);
      }
    }
    if (isLost) save(registro);
    return {
      registro,
      tecleado,
      save,
      async erase() {
        if (stale) return;
        tabs.postMessage(null);
        owed = {};
        await store('readwrite', (kept) => {
          kept.clear();
          return write(kept, { [ERASED]: true });
        });
        await copy.erase();
      },
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
