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
 *   listen: (hears: {sign: () => void, gone: (error: PythonGone) => void} | null) => void, // one at a time
 *   end: () => void,
 * }} Python
 * @returns {Python}
 */
export function atWork(worker, dispatch) {
  let hears = null;
  let death = null;
  worker.addEventListener('message', ({ data }) => {
    if (data?.raoce?.gone) {
      death = new PythonGone('fatal');
      hears?.gone(death);
    } else if (data?.raoce) hears?.sign();
  });
  const listen = (next) => {
    hears = next;
    if (death) next?.gone(death);
  };
  return { dispatch, listen, end: () => worker.terminate() };
}

/** Gives the answer to an event, parsed; rejects with PythonGone, and ends the worker, when none will come. */
export async function answerOf(python, event) {
  const patience = QUICK.has(event.name) ? QUICK_PATIENCE : PATIENCE;
  let timer;
  // Not a race with a promise that lasts as long as Python: that one would keep every answer.
  const answer = new Promise((resolve, reject) => {
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new PythonGone(`${event.name}, ${patience} ms`)), patience);
    };
    wait();
    python.listen({ sign: wait, gone: reject }); // what it needs is still coming: that is no silence
    python.dispatch(JSON.stringify(event)).then(resolve, reject);
  });
  try {
    return JSON.parse(await answer);
  } catch (error) {
    python.end();
    console.warn(error); // of the text of an error of Python's no more is told: it may quote what was typed
    throw error instanceof PythonGone ? error : new PythonGone(event.name);
  } finally {
    clearTimeout(timer);
    python.listen(null);
  }
}
