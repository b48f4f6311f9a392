// Pyodide as every worker of ours starts it.

export { loadPyodide, version } from '../vendor/pyodide/pyodide.js';
export { default as createPyodideModule } from '../vendor/pyodide/pyodide.asm.js';

export const INDEX = new URL('../vendor/pyodide/', import.meta.url).href;
// No plugin of pydantic's ships, and looking for them means reading the metadata of every package.
export const ENVIRONMENT = { PYDANTIC_DISABLE_PLUGINS: '__all__' };

const { instantiateStreaming } = WebAssembly;

/** Has the page told when this Python dies: of a fatal error of the wasm nothing else is heard. */
export function tellDeath(python) {
  python._api.on_fatal = () => postMessage({ raoce: { gone: true } });
}

/** Have Pyodide take this module (a promise; null: there is none) in place of the one that it would fetch and compile. */
export function useCompiled(compiled) {
  const { fetch } = globalThis;
  globalThis.fetch = async (...args) =>
    String(args[0]).endsWith('.wasm') && (await compiled) ? new Response() : fetch(...args);
  WebAssembly.instantiateStreaming = async (response, imports) => {
    const wasm = await compiled;
    if (!wasm) return instantiateStreaming(response, imports);
    return { module: wasm, instance: await WebAssembly.instantiate(wasm, imports) };
  };
}
