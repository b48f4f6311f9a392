// Hears the answers of Python in the page, to tell when a file has had the last of its own.
(() => {
  const FOLLOWED = new Set(['leer', 'seguir', 'traer', 'firmar', 'crear-llave', 'firmar-en-practica']);
  const { parse } = JSON;
  let asked = 0;
  let done = null;
  let took = 0;
  let said = [];

  // What Python answers is the only JSON with effects, or with a failure.
  JSON.parse = (...args) => {
    const answer = parse(...args);
    if (answer?.falla) said.push(`${answer.falla.tipo} en ${answer.falla.evento}`);
    if (answer?.falla || (answer?.effects && !answer.effects.some(({ tipo }) => FOLLOWED.has(tipo)))) {
      // In a turn of its own: by then it is on the screen.
      setTimeout(() => {
        took = performance.now() - asked;
        done?.(took);
      });
    }
    return answer;
  };
  // The time counts from when the user acts, and not from when the tool began to hand over the file.
  for (const kind of ['change', 'click']) addEventListener(kind, () => (asked = performance.now()), { capture: true });

  globalThis.medida = {
    begin() {
      asked = performance.now();
      took = 0;
    },
    ended: (patience) =>
      new Promise((resolve, reject) => {
        if (took) return resolve(took);
        done = resolve;
        setTimeout(() => reject(new Error('no answer')), patience);
      }),
    go(pantalla) {
      history.pushState(null, '', `?pantalla=${pantalla}`);
      dispatchEvent(new PopStateEvent('popstate'));
    },
    lines: () => document.querySelector('#app').innerText.split('\n').map((line) => line.trim()),
    /** What failed since it was asked for last, the notices on the screen among it. */
    faults() {
      const shown = [...document.querySelectorAll('#falla > :not([hidden]), #arranque:not([hidden])')].map((e) => e.dataset.estado ?? e.parentElement.dataset.clase);
      const all = [...said, ...shown];
      said = [];
      document.querySelector('#falla').firstElementChild.hidden = true;
      return all;
    },
  };
})();
