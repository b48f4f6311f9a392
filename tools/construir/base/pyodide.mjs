// The Pyodide of a built site, under Node: its own files, its own lock.

import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @returns the site's Pyodide with `packages` loaded, silent */
export async function startSite(dist, packages) {
  const indexURL = join(dist, 'static/vendor/pyodide/');
  // Node takes `.js` for a module only below a package that says so, and the site may be anywhere.
  const folder = mkdtempSync(join(tmpdir(), 'pyodide-'));
  const load = name => {
    copyFileSync(join(indexURL, `${name}.js`), join(folder, `${name}.mjs`));
    return import(pathToFileURL(join(folder, `${name}.mjs`)));
  };
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all(['pyodide', 'pyodide.asm'].map(load));
  const env = { PYDANTIC_DISABLE_PLUGINS: '__all__' };
  return loadPyodide({ indexURL, createPyodideModule, packages, env, stdout: () => {} });
}

/** What the site's lock says of its packages. */
export const packagesOf = dist =>
  JSON.parse(readFileSync(join(dist, 'static/vendor/pyodide/pyodide-lock.json'), 'utf8')).packages;
