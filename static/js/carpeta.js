/**
 * A folder chosen once, in which a copy of all the drafts is written a few seconds after each change (File System
 * Access, which Chromium alone has). Its handle is kept in IndexedDB, in a database of its own. What happens is told to
 * Python as `empresas.carpeta`; nothing waits for it, and no failure stops anything.
 */
import { clear, createStore, get, set } from '../vendor/idb-keyval.js';
import { FOLDER_CHOSEN } from './dibujada.js';

const NAME = 'RAOCE_respaldo.json';
const QUIET = 4000; // ms without a change before it is written
const MOST = 30_000; // ms that a change may wait while others go on coming
const MODE = { mode: 'readwrite' };

const isPossible =
  'showDirectoryPicker' in globalThis && globalThis.top === globalThis && location.protocol.startsWith('http');
// Opened when it is first asked for.
let store;
const kept = () => (store ??= createStore('raoce-carpeta', 'carpeta'));

function owe(what) {
  try {
    if (what) localStorage.setItem(FOLDER_CHOSEN, what);
    else localStorage.removeItem(FOLDER_CHOSEN);
  } catch {
    // Then nothing is written by itself; «Respaldar» goes on working.
  }
}

/** «Borrar todo» takes the note away at once: it counts even where the page went before the rest was erased. */
function isForgotten() {
  try {
    return localStorage.getItem(FOLDER_CHOSEN) === null;
  } catch {
    return false;
  }
}

let timer = 0;
let waitingSince = 0;
let writing = Promise.resolve();

/** Writes what `everything()` gives once the changes stop for a moment. */
export function writeSoon(everything, send) {
  owe('debe');
  waitingSince ||= Date.now();
  clearTimeout(timer);
  timer = setTimeout(() => act('escribir', everything, send), Math.min(QUIET, waitingSince + MOST - Date.now()));
}

/** The folder is nobody's any more; what was written in it stays there. */
export async function forget() {
  clearTimeout(timer);
  waitingSince = 0;
  owe('');
  await clear(kept());
}

const ACTIONS = { estado: look, elegir: choose, permiso: ask, escribir: write, reemplazar: replace, revisar: read };

/** Does what was asked for and tells how the folder stands: one after the other, for two would write over each other. */
export function act(accion, everything, send) {
  const tell = (estado, datos) => send({ name: 'empresas.carpeta', accion, estado, ...datos });
  if (!isPossible) return undefined;
  if (accion === 'olvidar') return forget().then(() => tell('sin-elegir'));
  // A browser asks only while the click that wanted it is fresh: it cannot wait its turn.
  if (accion === 'elegir' || accion === 'permiso') return run(accion, everything, tell, send);
  writing = writing.then(() => run(accion, everything, tell, send));
  return writing;
}

async function run(accion, everything, tell, send) {
  let carpeta = '';
  try {
    const chosen = isForgotten() ? await clear(kept()) : await get('carpeta', kept());
    carpeta = chosen?.name ?? '';
    if (!chosen && accion !== 'elegir') return tell('sin-elegir');
    const { estado, ...datos } = await ACTIONS[accion](chosen, everything, send);
    tell(estado, { carpeta, ...datos });
  } catch (error) {
    console.warn(error);
    const isRefused = error.name === 'NotAllowedError' || error.name === 'SecurityError';
    tell(isRefused ? 'sin-permiso' : 'fallo', { carpeta, codigo: FAILURES[error.name] ?? 'carpeta-fallo' });
  }
}

const FAILURES = {
  NotFoundError: 'carpeta-no-esta',
  QuotaExceededError: 'carpeta-llena',
  NoModificationAllowedError: 'carpeta-ocupada',
  InvalidStateError: 'carpeta-ocupada',
};

async function look(chosen) {
  const isAllowed = (await chosen.queryPermission(MODE)) === 'granted';
  return { estado: isAllowed ? 'lista' : 'sin-permiso', cuando: (await get('escrita', kept()))?.cuando ?? '' };
}

async function choose(before, everything) {
  let chosen;
  try {
    chosen = await globalThis.showDirectoryPicker({ id: 'raoce', ...MODE });
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    return before ? look(before) : { estado: 'sin-elegir' }; // the picker was closed
  }
  await clear(kept());
  await set('carpeta', chosen, kept());
  owe('si');
  return { ...(await write(chosen, everything)), carpeta: chosen.name };
}

async function ask(chosen, everything) {
  if ((await chosen.requestPermission(MODE)) !== 'granted') return { estado: 'sin-permiso' };
  return write(chosen, everything);
}

async function replace(chosen, everything) {
  await set('escrita', await markOf(await fileIn(chosen)), kept());
  return write(chosen, everything);
}

/** The copy that is there, to be compared with what is here. */
async function read(chosen, _, send) {
  const file = await fileIn(chosen);
  if (!file) return look(chosen);
  send({ name: 'empresas.restaurar', nombre: NAME, texto: await file.text() });
  return { estado: (await isForeign(file)) ? 'ajena' : 'lista', cuando: (await get('escrita', kept()))?.cuando ?? '' };
}

async function write(chosen, everything) {
  clearTimeout(timer);
  waitingSince = 0;
  if ((await chosen.queryPermission(MODE)) !== 'granted') return { estado: 'sin-permiso' };
  const drafts = draftsIn(everything());
  // Nothing is never written over something: whoever has erased everything may want it back.
  if (!drafts.length) return look(chosen);
  if (await isForeign(await fileIn(chosen))) return { estado: 'ajena' };
  owe('si'); // before it is written: what changes meanwhile is owed again
  const cuando = new Date().toISOString();
  const text = JSON.stringify({ formato: 'raoce-borradores/1', guardado: cuando, borradores: drafts });
  try {
    await put(chosen, text);
  } catch (error) {
    owe('debe');
    throw error;
  }
  await set('escrita', { cuando, ...(await markOf(await fileIn(chosen))) }, kept());
  return { estado: 'escrita', cuando, cuantos: drafts.length };
}

// A file is replaced when it is closed, whole or not at all.
async function put(folder, text) {
  const file = await folder.getFileHandle(NAME, { create: true });
  const stream = await file.createWritable({ keepExistingData: false });
  try {
    await stream.write(text);
  } catch (error) {
    await stream.abort().catch(() => {});
    throw error;
  }
  await stream.close();
}

async function fileIn(folder) {
  try {
    return await (await folder.getFileHandle(NAME)).getFile();
  } catch (error) {
    if (error.name === 'NotFoundError' && (await isThere(folder))) return null;
    throw error;
  }
}

/** The file may be missing, or the folder. */
async function isThere(folder) {
  for await (const _ of folder.keys()) break;
  return true;
}

async function markOf(file) {
  if (!file) return {};
  const { lastModified, size } = file;
  const sum = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return { lastModified, size, suma: new Uint8Array(sum).join() };
}

/** Did somebody else write it? A program that synchronises may change its date and nothing else. */
async function isForeign(file) {
  if (!file?.size) return false; // begun by us and left at that
  const mine = await get('escrita', kept());
  if (mine?.lastModified === file.lastModified && mine.size === file.size) return false;
  return (await markOf(file)).suma !== mine?.suma;
}

/** As «Respaldar» writes them: see all_to_text in py/tramite/borradores/borrador.py. */
function draftsIn(registro) {
  const keys = Object.keys(registro).filter((clave) => clave.startsWith('borrador/'));
  return keys.map((clave) => ({ ...registro[clave], antes: registro[clave.replace('borrador/', 'copia/')] ?? '' }));
}
