// node empaquetar.mjs ENTRY.mjs TARGET.js: one minified module of ENTRY and all it imports.

import { build } from 'esbuild';

const [entry, target] = process.argv.slice(2);
await build({
  entryPoints: [entry],
  outfile: target,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  legalComments: 'none',
  // forge looks for Node's crypto and timers by these names; in a browser there are none to find.
  define: { process: 'undefined', setImmediate: 'undefined', global: 'globalThis' },
});
