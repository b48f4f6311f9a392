/**
 * Starts Python in a worker, as static/js/python.js does, in the page that has everything inside.
 * A worker of a page from a disk must be a classic one made from a Blob; see trabajador.js.
 */

import { provide } from './archivos.js';

const SILENCE = 60_000; // ms
const WORKER = 'trabajador.js';
const HERE = 'static/data/'; // what the page asks for itself

const selector = (ruta) => `script[data-archivo="${CSS.escape(ruta)}"]`;
const read = (element) => element && { texto: element.textContent, gzip: 'gzip' in element.dataset };
provide((ruta) => read(document.querySelector(selector(ruta))));

/**
 * Start Python and answer what it exports. `onStage` is called with 'descarga', 'arranque' and 'listo'.
 * Rejects when the worker fails, or says nothing for a minute.
 *
 * @param {{onStage?: (stage: string) => void}} options
 * @returns {Promise<{dispatch: (eventJson: string) => Promise<string>}>}
 */
export async function startPython({ onStage = () => {} } = {}) {
  onStage('descarga');
  await wholePage();
  const code = URL.createObjectURL(await (await fetch(WORKER)).blob());
  const worker = new Worker(code);
  try {
    await started(worker, onStage);
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(code);
  }
  onStage('listo');
  return { dispatch: (eventJson) => ask(worker, eventJson) };
}

/** This script runs before the files below it are read. */
function wholePage() {
  if (document.readyState !== 'loading') return undefined;
  return new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
}

function started(worker, onStage) {
  return new Promise((resolve, reject) => {
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error('silencio')), SILENCE);
    };
    worker.onmessage = ({ data }) => {
      wait();
      if (data.stage === 'arranque') onStage('arranque');
      if (data.stage === 'listo') resolve();
      if (data.failure) reject(new Error(data.failure));
    };
    worker.onerror = (event) => reject(new Error(event.message));
    wait();
    worker.postMessage(takeFiles());
  }).finally(() => (worker.onmessage = worker.onerror = null));
}

/** The worker's files, as they are: it unpacks each when it is needed. The page has no more use for them. */
function takeFiles() {
  const elements = [...document.querySelectorAll('script[data-archivo]')];
  const theirs = elements.filter(({ dataset }) => !dataset.archivo.startsWith(HERE));
  const files = new Map(theirs.map((element) => [element.dataset.archivo, read(element)]));
  theirs.forEach((element) => element.remove());
  return files;
}

function ask(worker, eventJson) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      if (data.failure) reject(new Error(data.failure));
      else resolve(data.answer);
    };
    worker.postMessage(eventJson, [port2]);
  });
}
