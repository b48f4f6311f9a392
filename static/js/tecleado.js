// What is typed while Python starts, or is at work on something else, is kept on the device as it was typed until
// Python takes it into the draft: in an entry of its own, `{ valores, busqueda, borrador }`.
const PAUSE = 200; // ms that Python may take without more ado

/** Does the address open the draft that was on the screen last, and change nothing of it? */
const opensTheLast = () => [...new URLSearchParams(location.search).keys()].every((name) => name === 'pantalla');

/**
 * `untaken()` gives the texts (field name → text) that Python has not taken; `draft()` the key of the draft on the
 * screen, or null while only the address tells which one that will be.
 */
export function createTyped(untaken, draft) {
  let almacen = null;
  let isKept = false;
  let timer = 0;

  function keep() {
    timer = 0;
    const valores = untaken();
    if (!almacen || !Object.keys(valores).length) return;
    isKept = true;
    almacen.save({ tecleado: { valores, busqueda: location.search, borrador: draft() } });
  }

  return {
    /** There is a store. Gives the texts that it kept, if they belong to the draft that the address opens. */
    found(opened, actual) {
      almacen = opened;
      const { valores, busqueda, borrador } = almacen?.tecleado ?? {};
      const isSame = busqueda === location.search || (borrador === actual && opensTheLast());
      isKept = Boolean(valores) && isSame;
      if (!isKept) this.later();
      return isKept ? valores : {};
    },
    /** Something has been typed. */
    later() {
      timer ||= setTimeout(keep, PAUSE);
    },
    /** Python has taken everything. */
    taken() {
      clearTimeout(timer);
      timer = 0;
      if (isKept) almacen.save({ tecleado: null });
      isKept = false;
    },
  };
}
