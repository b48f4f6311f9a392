/**
 * Pyodide as PyScript's worker loads it, with what PyScript leaves out: it tells the page how the start is
 * going, and that it failed. Runs in the worker; `python.js` hears what it says.
 */

import './sin_almacen.js';
import { loadPyodide as load, version } from '../vendor/pyodide/pyodide.mjs';

export { version };

// PyScript takes the folder of this file for Pyodide's.
const indexURL = new URL('../vendor/pyodide/', import.meta.url).href;

const tell = step => postMessage({ raoce: step });

// No plugin of pydantic's ships, and looking for them means reading the metadata of every package.
const ENVIRONMENT = { PYDANTIC_DISABLE_PLUGINS: '__all__' };

export async function loadPyodide(options) {
  const python = await reported('red', load({ ...options, indexURL, env: ENVIRONMENT }));
  tell({ stage: 'arranque' });
  const { runPythonAsync } = python;
  // PyScript prints what worker.py raises and goes on as if nothing had happened.
  python.runPythonAsync = (...args) => reported('arranque', runPythonAsync.apply(python, args));
  return python;
}

async function reported(failure, promise) {
  try {
    return await promise;
  } catch (error) {
    tell({ failure, message: String(error) });
    throw error;
  }
}

// Pyodide goes on waiting when its own files do not come, and goes on without a package that does not: tell
// the page of every file, that the start is alive, and of the first that fails.
const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  const response = await reported('red', fetch(...args).catch(failure => kept(args[0], failure)));
  if (response.ok) tell({});
  else tell({ failure: 'red', message: `${response.url}: ${response.status}` });
  return response;
};

/** The file that sw.js keeps: in Firefox a worker that began before it does not get its files from it. */
async function kept(file, failure) {
  const response = await globalThis.caches?.match(file).catch(() => null);
  if (!response) throw failure;
  return response;
}
