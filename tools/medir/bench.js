// Runs in the measured page before anything of its own: notes when the first figure shows, every long task of the
// main thread, and how long each keystroke takes to change a figure on the screen.

globalThis.medida = { tasks: [], keystrokes: [] };

new PerformanceObserver(list => {
  for (const { startTime, duration } of list.getEntries()) medida.tasks.push({ startTime, duration });
}).observe({ type: 'longtask', buffered: true });

const figures = () => [...document.querySelectorAll('output')].map(output => output.textContent.trim()).join('|');

let shown = '';
let pressed = null;
new MutationObserver(() => {
  const now = figures();
  if (now === shown) return;
  shown = now;
  if (/\d/.test(now) && performance.getEntriesByName('medida:cifra').length === 0) performance.mark('medida:cifra');
  if (pressed === null) return;
  const since = pressed;
  pressed = null;
  requestAnimationFrame(() => medida.keystrokes.push(performance.now() - since));
}).observe(document, { subtree: true, childList: true, characterData: true });

addEventListener('input', event => (pressed = event.timeStamp), true);

/** Milliseconds from the next event of this kind until `selector` is in the page and painted. */
medida.until = (kind, selector) =>
  new Promise(resolve => {
    addEventListener(
      kind,
      ({ timeStamp }) => {
        const look = () => {
          if (!document.querySelector(selector)) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - timeStamp));
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
      },
      { capture: true, once: true },
    );
  });
