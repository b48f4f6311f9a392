// node importaciones.mjs DIST QUERY: starts the built site's own Pyodide and opens the page on QUERY, as its worker does.
// Prints, as JSON, how many of our modules the first figure took and the milliseconds from the first import to it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, query] = process.argv.slice(2);
const indexURL = join(dist, 'static/vendor/pyodide/');
const { loadPyodide } = await import(pathToFileURL(join(indexURL, 'pyodide.mjs')));
const python = await loadPyodide({
  indexURL,
  packages: ['raoce-app'],
  stdout: () => {},
  env: { PYDANTIC_DISABLE_PLUGINS: '__all__' },
});
python.runPython(readFileSync(new URL('importaciones.py', import.meta.url), 'utf8'));
console.log(python.globals.get('first_figure')(query));
