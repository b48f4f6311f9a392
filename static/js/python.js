/**
 * Starts Python in a worker. The only file of the page that knows PyScript.
 *
 * PyScript tells the page nothing while it starts, and nothing when it fails. So the worker's interpreter is
 * loaded through `runtime.js`, which reports each step in messages of its own, and a watchdog gives up when no
 * step has come for a while.
 */

import { findFault } from './diagnostico.js';
import * as instantanea from './instantanea.js';
import './sin_almacen.js';
import { afterTurns, ask, begin, under } from './trato.js';
import { atWork } from './vigilar.js';

const at = path => new URL(`../../${path}`, import.meta.url).href;
const WORKER = at('py/worker.py');
const CONFIG = at('pyscript.json'); // what pyscript.toml says, as the build writes it
const RUNTIME = at('static/js/runtime.js');

const MEMORY_WORKER = at('static/js/desde_memoria.js');
const PYODIDE = ['pyodide.asm.js', 'pyodide.js'].map(name => at(`static/vendor/pyodide/${name}`));
const WASM = at('static/vendor/pyodide/pyodide.asm.wasm');

// ms without a step or a byte: then the start looks for a file at fault, and later it gives up.
const SUSPICION = 4000;
const SILENCE = 15_000;
const MEMORY_SILENCE = 8000; // nothing of it has to come from afar

// PyScript reads its configuration from elements of the page. None of its own editors, terminals or error
// boxes belongs here, and each would be one more download.
const NO_PLUGINS = JSON.stringify({
  plugins: ['codemirror', 'deprecations-manager', 'donkey', 'error', 'py-editor', 'py-game', 'py-terminal'].map(
    name => `!${name}`,
  ),
});

/** Why Python did not start. `code`: 'red', 'arranque' or 'silencio'; `fault`: the file that is to blame, if one is. */
export class PythonError extends Error {
  constructor(code, cause, fault = null) {
    super(`Python did not start (${code})`, { cause });
    this.name = 'PythonError';
    this.code = code;
    this.fault = fault;
  }
}

/**
 * Start Python.
 *
 * `onStage` is called with 'descarga' (the interpreter and packages are on their way), 'arranque' (the
 * interpreter is there, our modules are being imported) and 'listo'. Rejects with a PythonError: 'red' when a
 * file could not be fetched, 'arranque' when Python itself failed, 'silencio' after 15 s without a step or a byte, twice.
 * `version` is that of the site: if the memory of Python is kept for it, the start begins there. May be called again
 * after a rejection: every start has a worker of its own, and what has been downloaded comes from the browser's cache.
 *
 * @param {{onStage?: (stage: string) => void}} options
 * @returns {Promise<Python>}
 */
export async function startPython({ onStage = () => {}, version = '' } = {}) {
  onStage('descarga');
  const wasm = compile();
  const python = (await fromMemory(version, wasm, onStage)) ?? (await withPyScript(wasm, onStage).catch(again(onStage)));
  onStage('listo');
  return python;
}

/** A worker may die in silence while it starts, as it may later: another one begins, once. */
const again = (onStage) => (error) => {
  if (error.code !== 'silencio' || error.fault) throw error;
  console.warn(error);
  return withPyScript(compile(), onStage);
};

/** Python as it was when its memory was kept for this version of the site; null without one, or if it is of no use. */
async function fromMemory(version, wasm, onStage) {
  if (!version || !instantanea.has(version)) return null;
  const worker = under(MEMORY_WORKER, PYODIDE);
  try {
    const [compiled, memory] = await Promise.all([wasm, instantanea.read(version)]);
    if (!memory) throw new Error('the memory noted is not there');
    const first = { wasm: compiled, memory };
    await begin(worker, { first, transfer: [memory], onStage, silence: MEMORY_SILENCE });
    performance.mark('raoce:memoria');
    return atWork(worker, (eventJson) => ask(worker, eventJson));
  } catch (error) {
    console.warn(error);
    worker.terminate();
    await instantanea.forget();
    return null;
  }
}

async function withPyScript(wasm, onStage) {
  compiled = wasm;
  starting = null;
  const watch = watchdog(onStage);
  try {
    const worker = await Promise.race([startWorker(), watch.failed]);
    return atWork(worker, (eventJson) => worker.sync.dispatch(eventJson));
  } catch (error) {
    watch.stop();
    starting?.terminate();
    const failure = error instanceof PythonError ? error : new PythonError('red', error);
    failure.fault ??= await findFault();
    throw failure;
  } finally {
    watch.stop();
  }
}

// Hears the steps of the start at hand, as runtime.js tells them.
let hear = () => {};

/** A promise that rejects when the worker reports a failure, falls silent, or waits for a file that will not come. */
function watchdog(onStage) {
  let forget = [];
  let fail;
  const failed = new Promise((_, reject) => (fail = reject));
  failed.catch(() => {});
  const suspect = async () => {
    const fault = await findFault();
    if (fault?.archivo) fail(new PythonError('red', fault.detalle, fault));
  };
  const stop = () => forget.forEach(each => each());
  const wait = () => {
    stop();
    forget = [afterTurns(SUSPICION, suspect), afterTurns(SILENCE, () => fail(new PythonError('silencio')))];
  };
  hear = step => {
    wait();
    if (step.failure) fail(new PythonError(step.failure, step.message));
    if (step.stage) onStage(step.stage);
  };
  wait();
  return {
    failed,
    stop() {
      stop();
      hear = () => {};
    },
  };
}

async function startWorker() {
  const [{ PyWorker, hooks }] = await Promise.all([importPyScript(), fetchable(WORKER), fetchable(CONFIG)]);
  // PyScript's own hook is turned into code with `Function`, which the page's policy forbids. It serves
  // `import pyscript` in the worker, which our Python has no use for.
  hooks.worker.onBeforeRunAsync.clear();
  // Without `async`, what worker.py exports never reaches the page.
  return PyWorker(WORKER, { async: true, config: CONFIG, version: RUNTIME });
}

/** PyScript waits for ever for a file that it cannot fetch: try first those that it fetches itself. */
async function fetchable(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
}

/** A slow network that still moves is not silence: every byte of the largest file is a step. */
async function listen(response) {
  const reader = response.body.getReader();
  while (!(await reader.read()).done) hear({});
}

/** Pyodide, compiled while PyScript comes; null where it could not be, and then the worker says why. */
async function compile() {
  try {
    const response = await fetch(WASM);
    if (!response.ok) return null;
    listen(response.clone());
    // Some servers and gateways give it another type, which a browser refuses to compile as it comes.
    const isWasm = response.headers.get('content-type')?.startsWith('application/wasm');
    return await (isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    console.warn(error);
    return null;
  }
}

// Of the start at hand: Pyodide compiled for its worker, and the worker.
let compiled = null;
let starting = null;

// PyScript hands over its worker only once it has started.
class AudibleWorker extends Worker {
  constructor(...options) {
    super(...options);
    starting = this;
    this.addEventListener('message', async ({ data, ports: [port] }) => {
      const step = data?.raoce;
      if (step?.wants) port.postMessage({ wasm: await compiled });
      else if (step) hear(step);
    });
  }
}

async function importPyScript() {
  const settings = ['py-config', 'mpy-config'].map(tag => {
    const element = document.createElement(tag);
    element.setAttribute('type', 'json');
    element.textContent = NO_PLUGINS;
    return element;
  });
  document.head.append(...settings);
  const { Worker } = globalThis;
  globalThis.Worker = AudibleWorker;
  try {
    return await import('../vendor/pyscript/core.js');
  } finally {
    settings.forEach(element => element.remove());
    globalThis.Worker = Worker;
  }
}
