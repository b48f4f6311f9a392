// Has Python's memory kept for the next start, once everything of this one is done. See instantanea.js.
import * as instantanea from './instantanea.js';
import { begin, under } from './trato.js';

const WORKER = new URL('./instantanea_trabajo.js', import.meta.url).href;
const CALM = 3000; // ms without a key or a click before it begins: it takes a processor for two seconds
const SILENCE = 60_000;
const ENOUGH = 500_000_000; // bytes free: it keeps 20 MB, and drafts come first

const notice = document.getElementById('memoria');
let begun = false;
let unwanted = false;

/** Keeps it, unless it is kept, storage is scarce, or the user erases everything meanwhile. Never rejects. */
export async function keepMemory(version) {
  if (begun) return;
  begun = true;
  try {
    if (!instantanea.has(version)) {
      if (!(await isRoom())) return;
      await calm();
      if (unwanted) return;
      await make(version);
      if (unwanted) return await instantanea.forget();
      instantanea.note(version);
    }
    notice.hidden = false;
  } catch (error) {
    console.warn(error);
    await instantanea.forget();
  }
}

/** «Borrar todo»: it goes, and is not made again before the page is loaded again. */
export async function forgetMemory() {
  unwanted = true;
  if (notice) notice.hidden = true; // the portable page keeps nothing
  await instantanea.forget();
}

async function make(version) {
  const worker = under(WORKER);
  try {
    await begin(worker, { first: version, onStage: () => {}, silence: SILENCE });
    // Before the worker goes: with it WebKit loses what it has kept, if nobody has read that.
    if (!(await instantanea.read(version))) throw new Error('the memory was not kept');
  } finally {
    worker.terminate();
  }
}

/** Is there? A browser that cannot tell says so by refusing to keep it. */
async function isRoom() {
  if (!navigator.storage?.estimate) return true;
  const { quota, usage } = await navigator.storage.estimate();
  return quota - usage > ENOUGH;
}

/** Resolves when nobody has typed or pressed anything for a while. */
function calm() {
  return new Promise((resolve) => {
    const stop = new AbortController();
    const done = () => {
      stop.abort();
      (globalThis.requestIdleCallback ?? setTimeout)(resolve);
    };
    let timer = setTimeout(done, CALM);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(done, CALM);
    };
    for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, again, { signal: stop.signal });
  });
}
