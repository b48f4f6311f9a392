// Inside the frame of another page: tells it how high the page is, and what Python has for it. See docs/incrustar.md.

const VERSION = 1;

/** A message to the page that holds this one. It says nothing personal, so any host may hear it. */
export function tellHost(tipo, datos = {}) {
  if (window.parent !== window) window.parent.postMessage({ raoce: VERSION, tipo, ...datos }, '*');
}

/** Tells the page that holds this one its height, now and whenever it changes. */
export function tellHeight() {
  const tell = () => tellHost('altura', { altura: Math.ceil(document.body.getBoundingClientRect().height) });
  new ResizeObserver(tell).observe(document.body);
}
