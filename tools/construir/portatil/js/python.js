/**
 * Starts Python in a worker, as static/js/python.js does, in the page that has everything inside.
 * A worker of a page from a disk must be a classic one made from a Blob; see trabajador.js.
 */

import { provide } from './archivos.js';
import { ask, begin } from './trato.js';
import { atWork } from './vigilar.js';

const SILENCE = 60_000; // ms
const WORKER = 'trabajador.js';
const HERE = 'static/data/'; // what the page asks for itself

const selector = (ruta) => `script[data-archivo="${CSS.escape(ruta)}"]`;
const read = (element) => element && { texto: element.textContent, gzip: 'gzip' in element.dataset };
// The worker's, once they were taken: for another that takes the place of one that died.
let taken = null;
provide((ruta) => taken?.get(ruta) ?? read(document.querySelector(selector(ruta))));

/**
 * Start Python. `onStage` is called with 'descarga', 'arranque' and 'listo'.
 * Rejects when the worker fails, or says nothing for a minute.
 *
 * @param {{onStage?: (stage: string) => void}} options
 * @returns {Promise<import('../../../../static/js/vigilar.js').Python>}
 */
export async function startPython({ onStage = () => {} } = {}) {
  onStage('descarga');
  await wholePage();
  const code = URL.createObjectURL(await (await fetch(WORKER)).blob());
  const worker = new Worker(code);
  try {
    await begin(worker, { first: takeFiles(), onStage, silence: SILENCE });
  } finally {
    URL.revokeObjectURL(code);
  }
  onStage('listo');
  return atWork(worker, (eventJson) => ask(worker, eventJson));
}

/** This script runs before the files below it are read. */
function wholePage() {
  if (document.readyState !== 'loading') return undefined;
  return new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
}

/** The worker's files, as they are: it unpacks each when it is needed. */
function takeFiles() {
  if (taken) return taken;
  const elements = [...document.querySelectorAll('script[data-archivo]')];
  const theirs = elements.filter(({ dataset }) => !dataset.archivo.startsWith(HERE));
  taken = new Map(theirs.map((element) => [element.dataset.archivo, read(element)]));
  theirs.forEach((element) => element.remove());
  return taken;
}
