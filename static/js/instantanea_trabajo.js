// Makes the memory that instantanea.js keeps. A worker of its own: it gets the version of the site and nothing else.

import './sin_almacen.js';
import { keep } from './instantanea.js';
import { ENVIRONMENT, INDEX, createPyodideModule, loadPyodide } from './pyodide.js';
import { serve } from './trato.js';

const SITE_PACKAGES = '/lib/python3.14/site-packages';
const OURS = 'raoce-app';
const LATER = 'raoce-app-despues';

serve(async (version) => keep(await make(), version));

async function make() {
  const python = await loadPyodide({ indexURL: INDEX, createPyodideModule, env: ENVIRONMENT, _makeSnapshot: true });
  const { packages } = await (await fetch(`${INDEX}pyodide-lock.json`)).json();
  // Not loadPackage: what it keeps of JavaScript a memory cannot hold.
  for (const name of withAllTheyNeed([OURS, LATER], packages)) {
    const wheel = await fetch(new URL(packages[name].file_name, INDEX));
    if (!wheel.ok) throw new Error(`${name}: ${wheel.status}`);
    python.FS.writeFile(`/${name}.zip`, new Uint8Array(await wheel.arrayBuffer()));
    python.runPython(`
import os, zipfile
zipfile.ZipFile("/${name}.zip").extractall("${SITE_PACKAGES}")
os.remove("/${name}.zip")
del os, zipfile
`);
  }
  python.runPython(`
from pantallas.ensayo import rehearse
rehearse()
del rehearse
import gc
gc.collect()
`);
  return python.makeMemorySnapshot();
}

function withAllTheyNeed(names, packages) {
  const found = new Set(names);
  // A set is gone through with what is added to it meanwhile.
  for (const name of found) packages[name].depends.forEach((other) => found.add(other));
  return found;
}
