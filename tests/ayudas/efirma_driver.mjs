// Runs static/js/efirma.js in Node for test_efirma_js.py: one JSON request a line, one JSON answer a line.
import { createInterface } from 'node:readline';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

// The bundle is made for browsers, whose global object has this name too.
globalThis.self = globalThis;
const { openKey, EfirmaError } = await import(pathToFileURL(process.argv[2]));
const bytes = (base64) => new Uint8Array(Buffer.from(base64, 'base64'));
const { subtle } = globalThis.crypto;

/** What WebCrypto was given, to see that the key in clear is overwritten and stays inside. */
const imports = [];
const importKey = subtle.importKey.bind(subtle);
subtle.importKey = async (format, data, ...rest) => {
  imports.push({ format, data, extractable: rest[1] });
  return importKey(format, data, ...rest);
};

async function answer({ cer, key, contrasena, data, withoutWebCrypto }) {
  imports.length = 0;
  const llave = bytes(key);
  const start = performance.now();
  const { crypto } = globalThis;
  if (withoutWebCrypto) Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  try {
    const opened = await openKey(bytes(cer), llave, contrasena);
    const ms = performance.now() - start;
    const firma = Buffer.from(await opened.sign(bytes(data ?? ''))).toString('base64');
    const untouched = Buffer.from(llave).toString('base64') === key;
    return { firma, ms, untouched, members: Object.keys(opened), frozen: Object.isFrozen(opened) };
  } catch (error) {
    if (!(error instanceof EfirmaError)) throw error;
    return { codigo: error.codigo, datos: error.datos };
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  }
}

/** The secrets among the imports, and whether their buffers are zeros by now. */
function traces() {
  return imports
    .filter(({ format }) => format !== 'spki')
    .map(({ format, data, extractable }) => ({ format, extractable, wiped: data.every((byte) => byte === 0) }));
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ ...(await answer(request)), secrets: traces() })}\n`);
}
