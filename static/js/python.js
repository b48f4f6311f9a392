/**
 * Starts Python in a worker. The only file of the page that knows PyScript.
 *
 * PyScript tells the page nothing while it starts, and nothing when it fails. So the worker's interpreter is
 * loaded through `runtime.mjs`, which reports each step in messages of its own, and a watchdog gives up when no
 * step has come for a while.
 */

import './sin_almacen.js';

const at = path => new URL(`../../${path}`, import.meta.url).href;
const WORKER = at('py/worker.py');
const CONFIG = at('pyscript.json'); // what pyscript.toml says, as the build writes it
const RUNTIME = at('static/js/runtime.mjs');

const SILENCE = 60_000;

// PyScript reads its configuration from elements of the page. None of its own editors, terminals or error
// boxes belongs here, and each would be one more download.
const NO_PLUGINS = JSON.stringify({
  plugins: ['codemirror', 'deprecations-manager', 'donkey', 'error', 'py-editor', 'py-game', 'py-terminal'].map(
    name => `!${name}`,
  ),
});

/** Why Python did not start. `code`: 'red', 'arranque' or 'silencio'. */
export class PythonError extends Error {
  constructor(code, cause) {
    super(`Python did not start (${code})`, { cause });
    this.name = 'PythonError';
    this.code = code;
  }
}

/**
 * Start Python and answer what it exports.
 *
 * `onStage` is called with 'descarga' (the interpreter and packages are on their way), 'arranque' (the
 * interpreter is there, our modules are being imported) and 'listo'. Rejects with a PythonError: 'red' when a
 * file could not be fetched, 'arranque' when Python itself failed, 'silencio' after a minute without a step.
 * May be called again after a rejection: every start has a worker of its own, and what has been downloaded
 * comes from the browser's cache.
 *
 * @param {{onStage?: (stage: string) => void}} options
 * @returns {Promise<{dispatch: (eventJson: string) => Promise<string>}>}
 */
export async function startPython({ onStage = () => {} } = {}) {
  const watch = watchdog(onStage);
  try {
    onStage('descarga');
    const worker = await Promise.race([startWorker(), watch.failed]);
    onStage('listo');
    return { dispatch: eventJson => worker.sync.dispatch(eventJson) };
  } catch (error) {
    throw error instanceof PythonError ? error : new PythonError('red', error);
  } finally {
    watch.stop();
  }
}

// Hears the steps of the start at hand, as runtime.mjs tells them.
let hear = () => {};

/** A promise that rejects when the worker reports a failure or falls silent. */
function watchdog(onStage) {
  let timer;
  let fail;
  const failed = new Promise((_, reject) => (fail = reject));
  failed.catch(() => {});
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => fail(new PythonError('silencio')), SILENCE);
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
      clearTimeout(timer);
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

// PyScript hands over its worker only once it has started.
class AudibleWorker extends Worker {
  constructor(...options) {
    super(...options);
    this.addEventListener('message', ({ data }) => data?.raoce && hear(data.raoce));
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
