/**
 * The worker of the portable page: plain Pyodide with the site's own lock file and py/worker.py. Everything
 * that Pyodide fetches, packages on demand included, comes from the files that the page hands over.
 */

import './clasico.js';
import { provide } from './archivos.js';
import { ENVIRONMENT, INDEX, createPyodideModule, loadPyodide, tellDeath } from './pyodide.js';
import { serve } from './trato.js';

serve(async (files) => {
  provide((ruta) => files.get(ruta));
  const [{ packages }, source] = await Promise.all([
    fetch('pyscript.json').then((response) => response.json()),
    fetch('py/worker.py').then((response) => response.text()),
  ]);
  const python = await loadPyodide({ indexURL: INDEX, createPyodideModule, packages, env: ENVIRONMENT });
  tellDeath(python);
  postMessage({ stage: 'arranque' });
  await python.runPythonAsync(source);
  return python.globals.get('dispatch');
});
