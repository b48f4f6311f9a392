// node importaciones.mjs DIST QUERY: starts the built site's own Pyodide and opens the page on QUERY, as its worker does.
// Prints, as JSON, how many of our modules the first figure took and the milliseconds from the first import to it.

import { readFileSync } from 'node:fs';
import { startSite } from '../construir/base/pyodide.mjs';

const [dist, query] = process.argv.slice(2);
const python = await startSite(dist, ['raoce-app']);
python.runPython(readFileSync(new URL('importaciones.py', import.meta.url), 'utf8'));
console.log(python.globals.get('first_figure')(query));
