/**
 * Pyodide as PyScript's worker loads it, with what PyScript leaves out: it tells the page how the start is
 * going, and that it failed. Runs in the worker; `python.js` hears what it says.
 */

import './sin_almacen.js';
import { ENVIRONMENT, INDEX, createPyodideModule, loadPyodide as load, tellDeath, useCompiled, version } from './pyodide.js';

export { version };

const tell = step => postMessage({ raoce: step });

// Pyodide as the page has compiled it meanwhile (python.js); null where it could not.
const compiled = new Promise(resolve => {
  // Through a port of its own: PyScript takes whatever else comes to its worker for its own.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data.wasm);
  postMessage({ raoce: { wants: 'wasm' } }, [port2]);
});

export async function loadPyodide(options) {
  const settings = { ...options, indexURL: INDEX, createPyodideModule, env: ENVIRONMENT };
  const python = await reported('red', load(settings));
  tellDeath(python);
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
  if (!response.ok) tell({ failure: 'red', message: `${response.url}: ${response.status}` });
  return response.ok ? audible(response) : response;
};

/** The same, telling the page of what comes of it: a slow network that still moves is not silence. */
function audible(response) {
  tell({});
  const count = new TransformStream({
    transform(part, out) {
      tell({});
      out.enqueue(part);
    },
  });
  const { status, headers } = response;
  return new Response(response.body.pipeThrough(count), { status, headers });
}

/** The file that sw.js keeps: in Firefox a worker that began before it does not get its files from it. */
async function kept(file, failure) {
  const response = await globalThis.caches?.match(file).catch(() => null);
  if (!response) throw failure;
  return response;
}

useCompiled(compiled); // over this `fetch`, for which what the page hands over is no file
