/**
 * Which of the site's files did not come as it was published, when the start has failed or fallen silent. Security
 * gateways block files of kinds that they do not know, put a page of their own in their place, or cut them short; what
 * is told here is what whoever runs the network needs to know.
 */

import { sha256 } from './huella.js';

const SITE = new URL('../../', import.meta.url).href;
// The build writes it: path → [bytes, SHA-256 in hexadecimal] of what a start downloads.
const LIST = 'static/data/archivos.json';
const PATIENCE = 5000; // ms without a byte
const AT_ONCE = 6;

/**
 * The first file found at fault: `{ archivo, causa, detalle }`, with `causa` one of 'bloqueado' (an error in its place),
 * 'sustituido' (a page in its place), 'cambiado', 'no-llega' (not a byte of it); null when all are as they must be, and
 * `{ archivo: '', causa: 'sin-red' }` when nothing comes at all.
 */
export async function findFault() {
  let list;
  try {
    list = await (await fetch(SITE + LIST, { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE) })).json();
  } catch (error) {
    return (await answers()) ? fault(LIST, 'bloqueado', String(error)) : { archivo: '', causa: 'sin-red', detalle: '' };
  }
  const waiting = Object.entries(list);
  const found = [];
  const lane = async () => {
    for (let next; !found.length && (next = waiting.shift()); ) {
      const wrong = await check(...next);
      if (wrong) found.push(wrong);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return found[0] ?? null;
}

const fault = (archivo, causa, detalle) => ({ archivo, causa, detalle });

/** Does the server answer, whatever it says? */
async function answers() {
  try {
    await fetch(SITE, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}

async function check(path, [bytes, hash]) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), PATIENCE);
  try {
    const response = await fetch(SITE + path, { signal: silence.signal });
    if (!response.ok) return fault(path, 'bloqueado', `HTTP ${response.status}`);
    const parts = [];
    const reader = response.body.getReader();
    for (let part; !(part = await reader.read()).done; ) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), PATIENCE);
      parts.push(part.value);
    }
    const body = new Uint8Array(await new Blob(parts).arrayBuffer());
    if (body.length === bytes && (await isSame(body, hash))) return null;
    const kind = response.headers.get('content-type') ?? '';
    const isPage = kind.startsWith('text/html') && !path.endsWith('.html');
    return fault(path, isPage ? 'sustituido' : 'cambiado', `${kind}, ${body.length} de ${bytes} bytes`);
  } catch (error) {
    // A network that is slow goes on giving bytes, and is at no fault.
    return fault(path, silence.signal.aborted ? 'no-llega' : 'bloqueado', String(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Has it that hash, as far as can be told? Over plain http from afar a browser computes none. */
const isSame = async (body, hash) => !globalThis.crypto?.subtle || (await sha256(body)) === hash;
