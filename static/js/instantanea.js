/**
 * Python's memory as it is once everything of ours is imported, kept on this device so that the next start begins there.
 * It is made from the initial state alone, by a worker of its own (`instantanea_trabajo.js`), and holds nothing of the
 * user. Whatever is wrong with it, it is thrown away and the page starts without it. Used by the page and by its worker.
 */

import { sha256 } from './huella.js';

const SCOPE = new URL('../../', import.meta.url);
// One name a copy of the site: several may live on this origin. Not one of those of sw.js, which clears its own.
const STORE = `instantanea raoce ${SCOPE.pathname}`;
const PLACE = new URL('static/data/instantanea', SCOPE).href;
const VERSION = 'x-version';
const HASH = 'x-sha256';
// Memory that has grown cannot be put back: a start asks for what Pyodide begins with. In front of it is a short header.
const PAGE = 65_536;
const MOST_BYTES = 480 * PAGE + PAGE;

/** What must be the same for a memory to be of use: the files of the site, and the engine that runs them. */
const stamp = version => `${version} ${navigator.userAgent}`;

// Nearly half of the memory is empty pages, which are neither kept nor read: what is kept is how long it is, how many of
// its pages are there and which, and then those pages.
const PIECE = 4096;

/** @param {ArrayBuffer} memory @returns {ArrayBuffer} */
export function pack(memory) {
  const pieces = Math.ceil(memory.byteLength / PIECE);
  const whole = new Uint8Array(pieces * PIECE);
  whole.set(new Uint8Array(memory));
  const words = new Int32Array(whole.buffer);
  const some = (piece) => words.subarray((piece * PIECE) / 4, ((piece + 1) * PIECE) / 4).some((word) => word !== 0);
  const full = Array.from({ length: pieces }, (_, piece) => piece).filter(some);
  const head = Uint32Array.of(memory.byteLength, full.length, ...full);
  const packed = new Uint8Array(head.byteLength + full.length * PIECE);
  packed.set(new Uint8Array(head.buffer));
  full.forEach((piece, n) => packed.set(whole.subarray(piece * PIECE, (piece + 1) * PIECE), head.byteLength + n * PIECE));
  return packed.buffer;
}

/** What `pack` packed. */
export function unpack(packed) {
  const [length, count] = new Uint32Array(packed, 0, 2);
  const full = new Uint32Array(packed, 8, count);
  const pages = new Uint8Array(packed, 8 + 4 * count);
  const memory = new Uint8Array(Math.ceil(length / PIECE) * PIECE);
  full.forEach((piece, n) => memory.set(pages.subarray(n * PIECE, (n + 1) * PIECE), piece * PIECE));
  return memory.buffer.slice(0, length);
}

// To open the store takes longer than to begin: what was kept is noted where it can be read at once.
const NOTE = `${STORE} nota`;

/** Is one kept for this version, as far as is known without looking? */
export function has(version) {
  try {
    return localStorage.getItem(NOTE) === stamp(version);
  } catch {
    return false; // storage is refused
  }
}

/** Notes that one is kept. In the page: a worker cannot. */
export function note(version) {
  try {
    localStorage.setItem(NOTE, stamp(version));
  } catch {}
}

/** The memory kept for this version, packed; null when there is none, or it is not as it was. */
export async function read(version) {
  const kept = await find(version);
  if (!kept) return null;
  try {
    const packed = await kept.arrayBuffer();
    if ((await sha256(packed)) === kept.headers.get(HASH)) return packed;
    console.warn('the memory kept is damaged');
  } catch (error) {
    console.warn(error);
  }
  await forget();
  return null;
}

async function find(version) {
  try {
    const kept = await (await caches.open(STORE)).match(PLACE);
    if (kept?.headers.get(VERSION) === stamp(version)) return kept;
    if (kept) await forget();
  } catch {} // storage is refused
  return null;
}

/** Keeps it for the next start. Rejects when it is of no use, or does not fit. */
export async function keep(memory, version) {
  if (memory.byteLength > MOST_BYTES) throw new Error(`${memory.byteLength} bytes cannot be put back`);
  const body = pack(memory.buffer ?? memory);
  const headers = { [VERSION]: stamp(version), [HASH]: await sha256(body) };
  await (await caches.open(STORE)).put(PLACE, new Response(body, { headers }));
}

export async function forget() {
  try {
    globalThis.localStorage?.removeItem(NOTE);
    await caches.delete(STORE);
  } catch {}
}
