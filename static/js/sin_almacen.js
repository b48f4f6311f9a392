/**
 * PyScript opens databases and a channel of its own, in the page and in the worker, that we do not use, and does not
 * start where the browser refuses them. So that the page needs no storage, it gets an empty database that is nowhere,
 * and in place of a refused channel one that says nothing. To be imported before PyScript.
 */

const PYSCRIPT = 'IDBMap/'; // what the names of its databases begin with

const answer = result => {
  const request = { result };
  queueMicrotask(() => request.onsuccess({ target: request }));
  return request;
};
// What PyScript asks at its start, and no more: with another version of it, every test of the page would tell.
const store = { getAllKeys: () => answer([]), clear: () => answer() };
const database = { transaction: () => ({ objectStore: () => store }), close() {} };

/** What the browser has; where storage is refused it may throw already here, or be null. */
function factory() {
  try {
    if (globalThis.indexedDB) return globalThis.indexedDB;
  } catch {}
  const value = {
    open() {
      throw new DOMException('', 'SecurityError');
    },
  };
  Object.defineProperty(globalThis, 'indexedDB', { value });
  return value;
}

const databases = factory();
const open = databases.open.bind(databases);
databases.open = (name, ...version) => (name.startsWith(PYSCRIPT) ? answer(database) : open(name, ...version));

try {
  new BroadcastChannel(PYSCRIPT).close();
} catch {
  globalThis.BroadcastChannel = class extends EventTarget {
    postMessage() {}
    close() {}
  };
}
