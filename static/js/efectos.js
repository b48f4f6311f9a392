// Carries out what Python asks of the page, by `tipo` (see py/tramite/efectos.py). Decides nothing.
import { clearField } from './elegidos.js';
import { DRAFT_KEPT, FOLDER_CHOSEN, LANGUAGE_KEPT, languageAsked } from './dibujada.js';
import { tellHost } from './marco.js';
import { forgetMemory } from './memoria.js';

/** What base64 stands for. */
export const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
/** Bytes as base64, the form in which events carry them. */
export const base64 = (data) => btoa(Array.from(data, (b) => String.fromCharCode(b)).join(''));
/** The same for a file, however large. */
export async function base64Of(file) {
  const reader = new FileReader();
  reader.readAsDataURL(file);
  await new Promise((resolve, reject) => Object.assign(reader, { onload: resolve, onerror: reject }));
  return reader.result.slice(reader.result.indexOf(',') + 1);
}

const TYPED = 'textarea, select, input:not([type=checkbox], [type=radio], [type=file])';
const COMMANDS = '[data-evento], [type=submit], [type=checkbox], [type=radio], [type=file], select';
let hasMovedOn = false;

/** An answer may come late: whoever has gone on to type in a field since the last command is left there. */
export function watchFocus(app) {
  app.addEventListener('focusin', ({ target }) => (hasMovedOn ||= target.matches(TYPED)));
  const command = ({ type, target }) => {
    if (type === 'submit' || target.closest(COMMANDS)) hasMovedOn = false;
  };
  for (const kind of ['click', 'change', 'submit']) app.addEventListener(kind, command, { capture: true });
}

function focus({ id }) {
  if (hasMovedOn && document.activeElement?.matches(TYPED)) return;
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: 'nearest' });
  hasMovedOn = false;
}

// What the address says of how the page is shown stays there, whatever the screen.
const LASTING = ['incrustado', 'lang', 'modo'];

function show({ busqueda, reemplazar }) {
  const url = new URL(busqueda, location.href);
  const before = new URLSearchParams(location.search);
  for (const name of LASTING) if (before.has(name)) url.searchParams.set(name, before.get(name));
  if (reemplazar) url.hash = location.hash; // of a jump inside the page
  if (url.href === location.href) return;
  history[reemplazar ? 'replaceState' : 'pushState'](null, '', url);
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function download({ nombre, texto, base64, mime }) {
  save(nombre, new Blob([base64 ? bytes(base64) : texto], { type: mime }));
}

/** Gives a file to keep. */
export function save(nombre, blob) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: nombre });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// The files chosen in a field that takes several, until others are: Python asks for them one by one.
const chosen = new Map();

/** Keeps the files chosen in the field `id`, after those that it had where they `add` up. Says the place of the first. */
export function keepFiles(id, files, add) {
  const before = (add && chosen.get(id)) || [];
  chosen.set(id, [...before, ...files]);
  return before.length;
}

function forgetFiles(campo) {
  chosen.delete(campo);
  clearField(document.getElementById(campo));
}

async function readChosen({ campo, indice, evento, maximo, desde }, send) {
  const archivo = chosen.get(campo)?.[indice];
  const asked = { name: evento, campo, indice, desde };
  try {
    const contenido = await base64Of(archivo.slice(desde, desde + maximo));
    send({ ...asked, nombre: archivo.name, mime: archivo.type, contenido });
  } catch (error) {
    console.warn(error);
    send({ ...asked, nombre: archivo?.name ?? '', fallo: true });
  }
}

// The library that writes Word comes when a letter is asked for in that form.
async function writeWord({ nombre, carta }, send) {
  try {
    const { makeWord } = await import('./word.js');
    save(nombre, new Blob([await makeWord(carta)], { type: WORD }));
  } catch (error) {
    console.warn(error);
    send({ name: 'descarga-fallo' });
  }
}

function rememberLanguage(idioma) {
  try {
    localStorage.setItem(LANGUAGE_KEPT, idioma);
  } catch {
    // Then the address alone says it.
  }
  keepInAddress(idioma);
}

function keepInAddress(idioma) {
  const url = new URL(location.href);
  url.searchParams.set('lang', idioma);
  history.replaceState(history.state, '', url);
}

/** A step of the history from before the language was changed would open in the other one when loaded again. */
export const correctAddress = (idioma) => languageAsked(location.search) !== idioma && keepInAddress(idioma);

async function speak({ idioma, recordar }) {
  if (recordar) rememberLanguage(idioma);
  try {
    const { wear } = await import('./idioma.js');
    await wear(idioma);
  } catch (error) {
    console.warn(error);
  }
}

// A file of this site, for Python.
async function bring({ archivo, evento, clave }, send) {
  try {
    const response = await fetch(new URL(`../../${archivo}`, import.meta.url));
    if (!response.ok) throw new Error(`${archivo}: ${response.status}`);
    send({ name: evento, clave, texto: await response.text() });
  } catch (error) {
    console.warn(error);
    send({ name: evento, clave, fallo: true });
  }
}

// Opening a key needs a library that no other screen does.
const loadEfirma = () =>
  import('./efirma.js').catch((cause) => {
    throw Object.assign(new Error('efirma.js', { cause }), { codigo: 'sin-conexion' });
  });

// The key and its password go from their fields to efirma.js and nowhere else.
async function sign({ entrada, certificado }, send) {
  const [archivo] = document.getElementById('llave').files;
  if (!archivo) return send({ name: 'firmar.fallo', codigo: 'llave-falta' });
  try {
    const llave = new Uint8Array(await archivo.slice(0, 100_000).arrayBuffer());
    const { openKey } = await loadEfirma();
    const contrasena = document.getElementById('contrasena').value;
    const key = await openKey(bytes(certificado), llave, contrasena);
    send({ name: 'firmar.firmado', firma: base64(await key.sign(bytes(entrada))) });
  } catch (error) {
    send({ name: 'firmar.fallo', codigo: error.codigo ?? 'firma-fallo' });
  }
}

// A key of practice lives as long as the page and is worth nothing: it has no certificate.
let keyOfPractice = null;

async function createKey({ evento }, send) {
  try {
    keyOfPractice = await (await import('./llave_de_practica.js')).createKey();
    send({ name: 'firmar.llave-de-practica', llave: keyOfPractice.publica, evento });
  } catch (error) {
    send({ name: 'firmar.fallo', codigo: error.codigo ?? 'firma-fallo' });
  }
}

async function signInPractice({ entrada }, send) {
  try {
    send({ name: 'firmar.firmado', firma: base64(await keyOfPractice.sign(bytes(entrada))) });
  } catch (error) {
    console.warn(error);
    send({ name: 'firmar.fallo', codigo: 'firma-fallo' });
  }
}

function forgetKey() {
  for (const id of ['llave', 'contrasena']) clearField(document.getElementById(id));
}

// Copies come with the screen that makes them.
async function withModule(module, act, send) {
  try {
    await act(await module);
  } catch (error) {
    console.warn(error);
    send({ name: 'descarga-fallo' });
  }
}

/** What the folder chosen for copies still lacks, or null without a folder. */
function owedToFolder() {
  try {
    return localStorage.getItem(FOLDER_CHOSEN);
  } catch {
    return null;
  }
}

const KEEPING = new Set(['guardar', 'borrar']);
const isDraft = (clave) => clave.startsWith('borrador/');

function noteDraft(registro) {
  try {
    if (Object.keys(registro).some(isDraft)) localStorage.setItem(DRAFT_KEPT, 'si');
    else localStorage.removeItem(DRAFT_KEPT);
  } catch {
    // Then the page begins at «Inicio», and goes on to the draft from there.
  }
}

/** `almacen` may be null. `send` gives Python a new event. */
export function createEffects(almacen, send) {
  // As the device keeps it, or would: for a Python that begins again.
  let registro = almacen?.registro ?? {};
  let isStoring = almacen !== null;
  if (isStoring) noteDraft(registro);
  const everything = () => registro;
  const backups = (act) => withModule(import('./respaldo.js'), act, send);
  const folder = (act) => withModule(import('./carpeta.js'), act, send);
  // The last change may have been made too soon before the page was closed.
  if (isStoring && owedToFolder() === 'debe') folder(({ writeSoon }) => writeSoon(everything, send));
  const actions = {
    guardar({ cambios }) {
      const after = Object.entries({ ...registro, ...cambios }).filter(([, valor]) => valor !== null);
      registro = Object.fromEntries(after);
      if (!isStoring) return;
      almacen.save(cambios);
      noteDraft(registro);
      if (owedToFolder() && Object.keys(cambios).some(isDraft)) folder(({ writeSoon }) => writeSoon(everything, send));
    },
    borrar() {
      registro = {};
      noteDraft(registro);
      if (owedToFolder()) {
        localStorage.removeItem(FOLDER_CHOSEN);
        folder(({ forget }) => forget());
      }
      return Promise.all([almacen?.erase(), forgetMemory()]).catch(() => send({ name: 'sin-almacenamiento' }));
    },
    hablar: speak,
    enfocar: focus,
    direccion: show,
    descargar: download,
    leer: (efecto) => readChosen(efecto, send),
    'olvidar-archivos': ({ campo }) => forgetFiles(campo),
    avisar: ({ aviso, datos }) => tellHost(aviso, datos),
    word: (efecto) => writeWord(efecto, send),
    traer: (efecto) => bring(efecto, send),
    // A turn of the browser in between: what was clicked meanwhile goes first, and the page is painted.
    seguir: ({ evento }) => setTimeout(() => send({ name: evento })),
    'preparar-firma': () => loadEfirma().catch(() => {}), // asked for again when it is needed
    firmar: (efecto) => sign(efecto, send),
    'crear-llave': (efecto) => createKey(efecto, send),
    'firmar-en-practica': (efecto) => signInPractice(efecto, send),
    'olvidar-llave': forgetKey,
    cifrar: (efecto) => backups(({ makeEncrypted }) => makeEncrypted(efecto, send)),
    descifrar: (efecto) => backups(({ openEncrypted }) => openEncrypted(efecto, send)),
    'cancelar-cifrado': () => backups(({ cancel }) => cancel()),
    carpeta: ({ accion }) => folder(({ act }) => act(accion, everything, send)),
    imprimir: () => window.print(),
  };
  const act = (efecto) => actions[efecto.tipo](efecto);
  return {
    isStoring: () => isStoring,
    /** What is kept stays as it is. */
    stopStoring: () => (isStoring = false),
    registro: () => (Object.keys(registro).length ? registro : null),
    /** Resolves when what has been saved is on the disk. */
    settled: () => almacen?.settled(),
    /** What the device keeps is written, or erased, before anything shows: what is seen is so. */
    keep: (efectos) => efectos.filter(({ tipo }) => KEEPING.has(tipo)).forEach(act),
    run: (efectos) => efectos.filter(({ tipo }) => !KEEPING.has(tipo)).forEach(act),
  };
}
