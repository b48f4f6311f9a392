// Knows when Python is gone: it said so itself, or an event has had no answer for longer than its kind may take.

// ms. Typing and moving compute a screen; what reads or writes a document may take a minute on a slow machine.
const QUICK = new Set(['entrada', 'cambio', 'pausa', 'ir', 'historial', 'inicio', 'continuar']);
const QUICK_PATIENCE = 20_000;
const PATIENCE = 120_000;

/** Python will answer nothing any more. */
export class PythonGone extends Error {
  constructor(reason) {
    super(`Python is gone: ${reason}`);
    this.name = 'PythonGone';
  }
}

/**
 * Python in a worker that has started, as `startPython` answers it.
 *
 * @typedef {{
 *   dispatch: (eventJson: string) => Promise<string>, // the answer to an event
 *   gone: Promise<never>, // rejects when it dies
 *   onSign: (hear: () => void) => void, // `hear` is called whenever it shows that it is alive
 *   end: () => void,
 * }} Python
 * @returns {Python}
 */
export function atWork(worker, dispatch) {
  let die;
  let sign = () => {};
  const gone = new Promise((_, reject) => (die = reject));
  gone.catch(() => {});
  worker.addEventListener('message', ({ data }) => {
    if (data?.raoce?.gone) die(new PythonGone('fatal'));
    else if (data?.raoce) sign();
  });
  return { dispatch, gone, onSign: (hear) => (sign = hear), end: () => worker.terminate() };
}

/**
 * Gives the answer to an event, parsed; rejects with PythonGone, and ends the
 * worker, when none will come.
 */
export async function answerOf(python, event) {
  let timer;
  const silence = new Promise((_, reject) => {
    const wait = () => {
      clearTimeout(timer);
      const patience = QUICK.has(event.name) ? QUICK_PATIENCE : PATIENCE;
      timer = setTimeout(() => reject(new PythonGone(`${event.name}, ${patience} ms`)), patience);
    };
    wait();
    python.onSign(wait); // what it needs is still coming: that is no silence
  });
  try {
    return JSON.parse(await Promise.race([python.dispatch(JSON.stringify(event)), python.gone, silence]));
  } catch (error) {
    python.end();
    console.warn(error); // of the text of an error of Python's no more is told: it may quote what was typed
    throw error instanceof PythonGone ? error : new PythonGone(event.name);
  } finally {
    clearTimeout(timer);
  }
}
