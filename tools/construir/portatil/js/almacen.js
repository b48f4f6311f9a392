/**
 * The drafts in the portable page: kept while its tab is open, reloads included, and no longer. Never in
 * IndexedDB: in Chromium all the pages of the disk share one, so that any page that came by mail could read them.
 * And a program carried to another's machine must leave nothing on it.
 */

const KEY = 'raoce-borradores';

/** As static/js/almacen.js: `{ registro, save(cambios), erase() }`, or null without storage. Each tab has its own. */
export async function open() {
  try {
    const registro = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    const kept = { ...registro };
    return {
      registro,
      async save(cambios) {
        for (const [clave, valor] of Object.entries(cambios)) {
          if (valor === null) delete kept[clave];
          else kept[clave] = valor;
        }
        sessionStorage.setItem(KEY, JSON.stringify(kept));
      },
      async erase() {
        for (const clave of Object.keys(kept)) delete kept[clave];
        sessionStorage.removeItem(KEY);
      },
    };
  } catch {
    return null;
  }
}
