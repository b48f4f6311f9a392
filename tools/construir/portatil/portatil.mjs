// node portatil.mjs FOLDER: FOLDER/static/js/{shell,trabajador}.js, each with all it imports, as one classic script
// in FOLDER. Their `fetch` is that of archivos.js.

import { join } from 'node:path';
import { build } from 'esbuild';

const folder = process.argv[2];
const scripts = join(folder, 'static/js');
await build({
  entryPoints: ['shell', 'trabajador'].map((name) => join(scripts, `${name}.js`)),
  outdir: folder,
  // Or the name of the folder, another each time, would be in what is made.
  absWorkingDir: folder,
  bundle: true,
  minifyWhitespace: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  legalComments: 'none',
  charset: 'utf8',
  inject: [join(scripts, 'archivos.js')],
  define: { 'import.meta.url': '"https://portatil.invalid/static/js/portatil.js"' },
  // Pyodide's own, for when it runs in Node.
  external: ['node:*', 'ws'],
  logLevel: 'error',
});
