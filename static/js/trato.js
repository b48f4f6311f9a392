/**
 * How a page and a worker of ours talk: one first message with what the worker begins with; steps of its start until it
 * is ready (`stage`) or has failed (`failure`); then events, each with a port of its own for the answer.
 */

const TURN = 1000; // ms; in a tab behind others a page has no more

/**
 * Calls `act` once this page has had `ms` of turns; what it gives back calls that off. While the device sleeps, or has no
 * time for the browser, no turn comes and none counts: what had come meanwhile is heard before anybody gives up.
 */
export function afterTurns(ms, act) {
  let left = ms;
  const timer = setInterval(() => {
    left -= TURN;
    if (left > 0) return;
    clearInterval(timer);
    act();
  }, TURN);
  return () => clearInterval(timer);
}

/** In the worker. `start` gets the first message and answers what handles an event: (eventJson) → answer, a promise. */
export function serve(start) {
  let dispatch;
  onmessage = async ({ data, ports: [port] }) => {
    try {
      if (port) return port.postMessage({ answer: await dispatch(data) });
      dispatch = await start(data);
      postMessage({ stage: 'listo' });
    } catch (error) {
      (port ?? self).postMessage({ failure: String(error) });
    }
  };
}

/**
 * In the page: gives a worker its first message, and resolves when it is ready. Rejects, and ends it, when it fails or
 * has said nothing for `silence` milliseconds.
 */
export function begin(worker, { first, transfer = [], onStage, silence }) {
  let forget = () => {};
  const begun = new Promise((resolve, reject) => {
    const wait = () => {
      forget();
      forget = afterTurns(silence, () => reject(new Error('silencio')));
    };
    worker.onmessage = ({ data }) => {
      wait();
      if (data.failure) reject(new Error(data.failure));
      else if (data.stage === 'listo') resolve();
      else onStage(data.stage);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    wait();
    worker.postMessage(first, transfer);
  });
  begun.catch(() => worker.terminate());
  return begun.finally(() => {
    forget();
    worker.onmessage = worker.onerror = null;
  });
}

/** In the page: the answer of a worker that is ready to an event. */
export function ask(worker, eventJson) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      if (data.failure) reject(new Error(data.failure));
      else resolve(data.answer);
    };
    worker.postMessage(eventJson, [port2]);
  });
}

/**
 * A worker that runs a module of the site under the page's own policy: made from its address alone it would have none,
 * and could reach any other site. `soon` are modules that it would find out about one after the other.
 */
export function under(url, soon = []) {
  const code = [...soon, url].map((module) => `import ${JSON.stringify(module)};`).join('\n');
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // it is read when the worker begins
  return worker;
}
