// Chromium starts no module worker from a disk, and Pyodide no classic one. All that it would use of a classic
// worker is importScripts, and there is nothing to import: without it, it takes this one for the other kind.
globalThis.importScripts = undefined;
