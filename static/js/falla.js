// What the page says when an event failed, or when Python had to be started again: it goes on, and the detail can be copied.

import { copy } from './copiar.js';

const notice = document.getElementById('falla');
const { content: version } = document.querySelector('meta[name=version]');
let text = '';

/** `clase`: 'evento' or 'reinicio'. `detalle` holds no datum of the user. */
export function tellFault(clase, detalle) {
  notice.dataset.clase = clase;
  text = [...detalle, `${notice.dataset.diceVersion}: ${version}. ${new Date().toISOString()}`, navigator.userAgent].join('\n');
  notice.firstElementChild.hidden = false;
}

/** What worker.py says of an event that failed, in lines. */
export const linesOf = ({ evento, tipo, lugares }) => [`${tipo}: «${evento}»`, ...lugares];

notice.addEventListener('click', async ({ target }) => {
  const button = target.closest('button');
  if (button?.value === 'copiar') button.dataset.copiado = (await copy(text)) ? 'si' : 'no';
  if (button?.value === 'cerrar') notice.firstElementChild.hidden = true;
});
