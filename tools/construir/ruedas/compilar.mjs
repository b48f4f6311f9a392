// node compilar.mjs FOLDER [STDLIB.zip]: compiles FOLDER/entrada/*.zip into FOLDER/salida with the Python the browser will run.
// Only that Python's own compiler makes .pyc files it accepts, and no CPython of its version need be on the machine.

import { readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const [folder, stdLibURL] = process.argv.slice(2);
try {
  const python = await loadPyodide(stdLibURL ? { stdLibURL } : {});
  python.mountNodeFS('/obra', folder);
  python.runPython(readFileSync(new URL('compilar.py', import.meta.url), 'utf8'));
} catch (problem) {
  // Only the message: Node would print the minified source around the place where it was thrown.
  console.error(problem.message);
  process.exit(1);
}
