// Inside the frame of another page: tells it how high the page is, and what Python has for it. See docs/incrustar.md.

const VERSION = 1;

/** Was the page asked for as a part of another (`?incrustado=1`)? */
export const incrustada = new URLSearchParams(location.search).get('incrustado') === '1';

// A sandbox without `allow-same-origin` leaves no worker and no storage: the page then says what to allow.
if (window.top === window || self.origin !== 'null') document.documentElement.dataset.guion = 'si';

/** A message to the page that holds this one. It says nothing personal, so any host may hear it. */
export function tellHost(tipo, datos = {}) {
  if (window.parent !== window) window.parent.postMessage({ raoce: VERSION, tipo, ...datos }, '*');
}

/** Shows the page as a part of another, and goes on telling its height. */
export function settleIn() {
  document.documentElement.dataset.incrustado = 'si';
  const tell = () => tellHost('altura', { altura: Math.ceil(document.body.getBoundingClientRect().height) });
  new ResizeObserver(tell).observe(document.body);
}
