// The page's side: turns what the user does into events, gives them to Python one at a time, and puts the
// answer on the screen. It takes no decision. Works on the page drawn at build time until Python answers.
import * as almacenes from './almacen.js';
import { clearField, showChosen } from './elegidos.js';
import { copy } from './copiar.js';
import { incrustada, isPractice, language, showDrawn } from './dibujada.js';
import { base64Of, correctAddress, createEffects, keepFiles, watchFocus } from './efectos.js';
import { linesOf, tellFault } from './falla.js';
import { tellHeight, tellHost } from './marco.js';
import { changedIn, fill, isChosen, paint, textOf } from './pintar.js';
import { startPython } from './python.js';
import { createTyped } from './tecleado.js';
import { PythonGone, answerOf } from './vigilar.js';

const PAUSE = 800; // ms without typing after which an error may show
const SLOW = 600; // ms after which the page says that it is working
const app = document.getElementById('app');
const startup = document.getElementById('arranque');
const { content: version } = document.querySelector('meta[name=version]');
// Python's memory is kept, and begun from, where the page is neither of practice nor part of another.
const remembered = !isPractice && window.top === window ? version : '';
const MOST_DEATHS = 3; // after these the page asks to be loaded again

const queue = [];
let answering = false;
let inHand = null; // the event that is being answered
let hasOpened = false; // is the draft of the address on the screen?
let python = null;
let spoken = language;
let actions = null;
let pause = 0;
let deaths = 0;
// Texts typed in events that failed: they stay in their fields, until something else is typed there.
const refused = {};

/** Texts typed that Python has not seen, or not taken. */
const unseen = () => Object.assign({}, refused, ...queue.map((event) => event.valores));
const typed = createTyped(
  () => Object.assign({}, inHand?.valores, ...queue.map((event) => event.valores)),
  () => (hasOpened ? draftOf(actions.registro()) : null),
);

/** The device keeps what is typed again, or no more. */
const onWriting = (works) => send({ name: works ? 'con-almacenamiento' : 'sin-almacenamiento' });

// Made once: to make one takes longer than all else that a key needs of this file.
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' });

function clock() {
  const ahora = new Date();
  return { ahora: ahora.toISOString(), hoy: DAY.format(ahora) };
}

function send(event) {
  for (const name of Object.keys(event.valores ?? {})) delete refused[name];
  const last = queue.at(-1);
  if (event.name === 'entrada' && last?.name === 'entrada') Object.assign(last.valores, event.valores);
  else queue.push(event);
  if (event.valores) typed.later();
  answerAll();
}

/** The key of the draft on the screen, in what the device keeps. */
const draftOf = (registro) => registro?.indice?.actual ?? '1';

async function answerAll() {
  if (answering || !python) return;
  answering = true;
  try {
    while (queue.length) await answer((inHand = queue.shift()));
    typed.taken();
  } catch (error) {
    console.error(error);
    fail('interno');
  } finally {
    inHand = null;
    answering = false;
  }
}

async function answer(event) {
  const slow = setTimeout(() => (document.documentElement.dataset.ocupado = 'si'), SLOW);
  try {
    const { falla, html, effects } = await answerOf(python, { ...event, ...clock() });
    if (falla) return refuse(event, falla);
    actions.keep(effects);
    paint(app, html, unseen());
    actions.run(effects);
    spoken = effects.findLast(({ tipo }) => tipo === 'hablar')?.idioma ?? spoken;
  } catch (error) {
    if (!(error instanceof PythonGone)) throw error;
    await revive(event, error);
  } finally {
    clearTimeout(slow);
    delete document.documentElement.dataset.ocupado;
  }
}

/** An event that failed has changed nothing; what was typed stays in its field. */
function refuse(event, falla) {
  if (event.name === 'inicio') return openWithLess(event, falla);
  Object.assign(refused, event.valores);
  tellFault('evento', linesOf(falla));
}

/** What the device keeps, or what the address says, cannot be opened: without it, and without touching what is kept. */
function openWithLess(event, falla) {
  tellFault('evento', linesOf(falla));
  actions.stopStoring();
  if (event.registro) queue.unshift({ ...event, registro: null, almacenamiento: false });
  else if (event.busqueda) queue.unshift({ ...event, busqueda: '' });
  else throw new Error(linesOf(falla).join(' '));
}

/** Python is gone: another begins, with the draft and the screen as they were before this event. */
async function revive(event, error) {
  deaths += 1;
  if (deaths > MOST_DEATHS || event.name === 'inicio') throw error;
  console.warn(error);
  python = null;
  Object.assign(refused, event.valores);
  startup.hidden = false;
  python = await startPython({ onStage: (etapa) => (startup.dataset.estado = etapa), version: remembered });
  startup.hidden = true;
  await answer(firstEvent());
  tellFault('reinicio', [error.message]);
}

// `data-maximo`: the bytes that Python accepts; one more is enough for it to say that the file is too large.
async function sendFile(input) {
  showChosen(input);
  const [archivo] = input.files;
  if (!archivo) return;
  if (input.multiple) {
    const primero = keepFiles(input.id, input.files, 'suma' in input.dataset);
    const archivos = [...input.files].map(({ name, size }) => ({ nombre: name, bytes: size }));
    return send({ name: input.dataset.evento, cuantos: archivos.length, archivos, primero });
  }
  const { evento: name, contenido, maximo } = input.dataset;
  const part = archivo.slice(0, Number(maximo) + 1);
  if (contenido === 'base64') send({ name, nombre: archivo.name, contenido: await base64Of(part) });
  else send({ name, nombre: archivo.name, texto: await part.text() });
  // The same file can be chosen again after it was mended. The field of a certificate goes on showing its name.
  if (!('conserva' in input.dataset)) clearField(input);
}

app.addEventListener('input', ({ target }) => {
  if (!target.name || isChosen(target)) return;
  send({ name: 'entrada', valores: { [target.name]: textOf(target) } });
  clearTimeout(pause);
  pause = setTimeout(() => send({ name: 'pausa', campo: target.name }), PAUSE);
});

app.addEventListener('change', ({ target }) => {
  if (target.type === 'file') return target.dataset.evento ? sendFile(target) : showChosen(target);
  if (!target.name) return;
  clearTimeout(pause);
  send({ name: 'cambio', valores: { [target.name]: textOf(target) } });
});

// A date half typed or impossible has no value, so no other event tells of it.
app.addEventListener('focusout', ({ target }) => {
  if (target.type === 'date') send({ name: 'cambio', valores: { [target.name]: textOf(target) } });
});

app.addEventListener('click', async ({ target }) => {
  const button = target.closest('button[data-copia]');
  if (button) button.dataset.copiado = (await copy(button.dataset.copia)) ? 'si' : 'no';
});

app.addEventListener('click', (event) => {
  const element = event.target.closest('a[data-evento], button[data-evento]');
  if (event.defaultPrevented || !element || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { evento, ...datos } = element.dataset;
  openSteps(false);
  if (!python && evento === 'ir') {
    showDrawn(datos.pantalla);
    fill(app, unseen());
  }
  send({ name: evento, ...datos });
});

// On a narrow screen the steps and tools are one line that opens.
function openSteps(isOpen) {
  document.documentElement.toggleAttribute('data-pasos', isOpen);
  document.querySelector('[data-despliega]')?.setAttribute('aria-expanded', isOpen);
}

app.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-despliega]');
  if (button) openSteps(button.getAttribute('aria-expanded') === 'false');
});

app.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-quita]');
  if (!button) return;
  const field = document.getElementById(button.dataset.quita);
  clearField(field);
  field.focus();
  if (field.dataset.vacio) send({ name: field.dataset.vacio });
});

// Files are dropped on the part of the page that says so, and go to its field.
app.addEventListener('dragover', (event) => event.target.closest('[data-soltar]') && event.preventDefault());
app.addEventListener('drop', (event) => {
  const place = event.target.closest('[data-soltar]');
  if (!place || !event.dataTransfer.files.length) return;
  event.preventDefault();
  const input = document.getElementById(place.dataset.soltar);
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
});
// Elsewhere the browser would leave the page for the file.
for (const kind of ['dragover', 'drop']) addEventListener(kind, (event) => event.preventDefault());

document.querySelector('.cabecera').addEventListener('click', (event) => {
  const { idioma } = event.target.closest('[data-idioma]')?.dataset ?? {};
  if (!idioma || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  send({ name: 'idioma', idioma });
});

watchFocus(app);

// The second half of a double click would press the button of the screen that the first half opened.
const isSecond = (event) => event.detail > 1 && event.target.closest('button, a');
app.addEventListener('click', (event) => isSecond(event) && event.preventDefault(), { capture: true });

app.addEventListener('submit', (event) => {
  event.preventDefault();
  // Enter in a part of the page with a button of its own presses that one; `data-intro=""`: none.
  const part = document.activeElement?.closest('[data-intro]');
  // The button that nobody sees is of a screen that leads to no other.
  const { intro: name, ...datos } = part?.dataset ?? { intro: event.submitter?.hidden ? '' : event.target.dataset.evento };
  if (name) send({ name, ...datos });
});

addEventListener('popstate', () => {
  correctAddress(spoken);
  send({ name: 'historial', busqueda: location.search });
});

function fail(codigo) {
  document.documentElement.dataset.python = 'fallo';
  startup.hidden = false;
  startup.dataset.estado = codigo;
}

startup.addEventListener('click', async ({ target }) => {
  const button = target.closest('button');
  if (button?.value === 'copiar') button.dataset.copiado = (await copy(document.getElementById('informe').textContent)) ? 'si' : 'no';
  else if (button) location.reload();
});

/** Why Python did not start, for the filer and for whoever runs the network. */
function explain({ fault }) {
  if (!fault?.archivo) return fail('fallo');
  startup.dataset.causa = fault.causa;
  const report = document.getElementById('informe');
  const said = report.dataset;
  report.textContent = [
    `${said.diceArchivo}: ${new URL(fault.archivo, document.baseURI).href}`,
    `${said.dicePaso}: ${fault.causa} (${fault.detalle})`,
    `${said.diceVersion}: ${version}. ${new Date().toISOString()}`,
    navigator.userAgent,
  ].join('\n');
  fail('archivo');
}

/** The page opens, as its address and the device say. */
function firstEvent() {
  return {
    name: 'inicio',
    busqueda: location.search,
    idioma: spoken,
    registro: actions.registro(),
    almacenamiento: actions.isStoring() || isPractice,
    enmarcada: window.top !== window,
    sitio: new URL('./', location.href).href.replace(/[?#].*/, ''),
  };
}

async function start() {
  if (incrustada) tellHeight();
  // The form was on the screen before this script: what was typed in it then made no event that was heard.
  const valores = changedIn(app);
  if (Object.keys(valores).length) send({ name: 'cambio', valores });
  // In practice nothing is looked for on the device, nor left there.
  const opening = isPractice ? null : almacenes.open({ onOtherTab: () => send({ name: 'otra-pestana' }), onWriting });
  const found = Promise.resolve(opening).then((almacen) => [almacen, typed.found(almacen, draftOf(almacen?.registro))]);
  const started = await startPython({ onStage: (etapa) => (startup.dataset.estado = etapa), version: remembered });
  const [almacen, before] = await found;
  actions = createEffects(almacen, send);
  python = started;
  queue.unshift(firstEvent(), ...(Object.keys(before).length ? [{ name: 'cambio', valores: before }] : []));
  await answerAll();
  hasOpened = true;
  if (startup.dataset.estado === 'interno') return;
  startup.hidden = true;
  document.documentElement.dataset.python = 'listo';
  performance.mark('raoce:listo');
  if (incrustada) tellHost('listo');
  keep();
}

/** Once the page works, the rest of the site comes for when there is no connection. */
async function keep() {
  try {
    const { keepSite } = await import('./sin_conexion.js');
    await keepSite(settled, remembered !== '');
  } catch (error) {
    console.warn(error);
  }
}

/** Resolves when everything typed is in the draft; without waiting for ever, for Python may be gone. */
async function settled() {
  for (let turns = 100; turns && (answering || queue.length); turns -= 1) await new Promise((done) => setTimeout(done, 20));
  await actions.settled();
}

start().catch((error) => {
  console.error(error);
  explain(error);
});
