// node comprobar.mjs DIST: starts the built site's own Pyodide with its own lock, and imports all that ships.

import { readFileSync } from 'node:fs';
import { packagesOf, startSite } from '../base/pyodide.mjs';

const dist = process.argv[2];
const packages = packagesOf(dist);
const START = 'raoce-app';
const LATER = 'raoce-app-despues';
// The rest of the standard library, which comes after all that must do without it.
const REST = ['stdlib-correo', 'stdlib-complemento'];

try {
  const failures = await importEverything();
  if (failures.length > 0) throw new Error(failures.join('\n'));
} catch (problem) {
  // Only the message: Node would print the minified source around the place where it was thrown.
  console.error(problem.message);
  process.exit(1);
}

async function importEverything() {
  const python = await startSite(dist, [START]);
  python.runPython(readFileSync(new URL('comprobar.py', import.meta.url), 'utf8'));
  const check = (step, ...args) => python.globals.get(step)(...args).toJs();

  const load = name => python.loadPackage(name, { messageCallback: () => {} });

  const failures = check('start');
  await load(LATER);
  for (const name of Object.keys(packages).filter(name => !REST.includes(name))) {
    await load(name);
    failures.push(...check('later', name));
  }
  failures.push(...check('everything'));
  for (const name of REST) {
    await load(name);
    failures.push(...check('later', name));
  }
  return failures;
}
