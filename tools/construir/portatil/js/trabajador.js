/**
 * The worker of the portable page: plain Pyodide with the site's own lock file and py/worker.py. Everything
 * that Pyodide fetches, packages on demand included, comes from the files that the page hands over.
 */

import './clasico.js';
import createPyodideModule from '../vendor/pyodide/pyodide.asm.mjs';
import { loadPyodide } from '../vendor/pyodide/pyodide.mjs';
import { provide } from './archivos.js';

const INDEX = new URL('../vendor/pyodide/', import.meta.url).href;

// As in runtime.mjs: no plugin of pydantic's ships, and looking for them takes time.
const ENVIRONMENT = { PYDANTIC_DISABLE_PLUGINS: '__all__' };

let dispatch;

onmessage = async ({ data, ports: [port] }) => {
  if (!port) return start(data);
  try {
    port.postMessage({ answer: await dispatch(data) });
  } catch (error) {
    port.postMessage({ failure: String(error) });
  }
};

async function start(files) {
  provide((ruta) => files.get(ruta));
  try {
    const [{ packages }, source] = await Promise.all([
      fetch('pyscript.json').then((response) => response.json()),
      fetch('py/worker.py').then((response) => response.text()),
    ]);
    const python = await loadPyodide({ indexURL: INDEX, createPyodideModule, packages, env: ENVIRONMENT });
    postMessage({ stage: 'arranque' });
    await python.runPythonAsync(source);
    dispatch = python.globals.get('dispatch');
    postMessage({ stage: 'listo' });
  } catch (error) {
    postMessage({ failure: String(error) });
  }
}
