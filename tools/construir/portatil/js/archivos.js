/**
 * The files that travel inside the portable page, in the page and in its worker: `fetch` answers from them and
 * from nowhere else. The bundler puts this `fetch` wherever our code, or Pyodide's, says `fetch`.
 */

// Addresses need a host to be resolved; there is none by this name (RFC 2606), and the page's policy lets none be asked.
const BASE = 'https://portatil.invalid/';
const TYPES = { wasm: 'application/wasm', json: 'application/json', js: 'text/javascript' };

let provideAll;
const given = new Promise((resolve) => (provideAll = resolve));

/**
 * Says where the files are: path → `{ texto, gzip }`, its bytes in base64 and whether they are compressed, or null.
 *
 * @param {(ruta: string) => {texto: string, gzip: boolean} | null} find
 */
export const provide = (find) => provideAll(find);

/** As the browser's own, for what the page needs of it. Waits until the files are there. */
export async function fetch(address) {
  const ruta = new URL(address, BASE).href.replace(BASE, '');
  const found = (await given)(ruta);
  if (!found) return new Response(null, { status: 404 });
  const type = TYPES[ruta.split('.').pop()] ?? 'application/octet-stream';
  return new Response(unpack(found), { headers: { 'content-type': type } });
}

function unpack({ texto, gzip }) {
  // Browsers before 2025 have no Uint8Array.fromBase64.
  const bytes = Uint8Array.fromBase64?.(texto) ?? Uint8Array.from(atob(texto), (c) => c.charCodeAt(0));
  // Not the stream of a Blob: in a worker of a page from a disk WebKit reads none.
  return gzip ? new Response(bytes).body.pipeThrough(new DecompressionStream('gzip')) : bytes;
}
