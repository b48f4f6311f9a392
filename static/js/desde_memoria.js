// The worker that goes on from the memory kept (instantanea.js): Pyodide with everything of ours imported, without PyScript.

import { unpack } from './instantanea.js';
import { ENVIRONMENT, INDEX, createPyodideModule, loadPyodide, tellDeath, useCompiled } from './pyodide.js';
import { serve } from './trato.js';

const source = fetch(new URL('../../py/worker.py', import.meta.url)).then((response) => response.text());

serve(async ({ wasm, memory }) => {
  useCompiled(Promise.resolve(wasm));
  const settings = { indexURL: INDEX, createPyodideModule, env: ENVIRONMENT };
  const python = await loadPyodide({ ...settings, _loadSnapshot: unpack(memory) });
  tellDeath(python);
  postMessage({ stage: 'arranque' });
  await python.runPythonAsync(await source);
  return python.globals.get('dispatch');
});
