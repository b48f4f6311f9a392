// Keeps the whole site on this device as one set: every file of one build, or none. In front of this the build
// writes VERSION and FILES, path → SHA-256 in base64 (tools/construir/sitio/sin_conexion.py).
//
// This code renews itself as soon as a new version is complete; the set that it answers from does not: it changes
// when the user says so, for all the tabs at once. So no page ever gets a file of another version.
// Each message between page and worker is a `tipo` with its data; a page of the last version must understand this one.

// Other copies of the site may live on this origin.
const OURS = `raoce ${new URL(registration.scope).pathname} `;
const CHOICE = `${OURS}elegida`;
const HASH = 'x-sha256';
const START = 'index.html';
const AT_ONCE = 6;

const urlOf = (path) => new URL(path, registration.scope).href;
const pathOf = (url) => url.split(/[?#]/)[0].slice(registration.scope.length) || START;
const setOf = (version) => OURS + version;

let abandoned = false;

async function sha256(body) {
  const digest = await crypto.subtle.digest('SHA-256', body);
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** The file as this version has it, or null if the server has another. Rejects when there is no answer. */
async function download(path) {
  // The browser's own copy may be at fault: the second time it is passed over.
  for (const cache of ['no-cache', 'reload']) {
    const response = await fetch(urlOf(path), { cache });
    const body = await response.arrayBuffer();
    if (!response.ok || (await sha256(body)) !== FILES[path]) continue;
    return new Response(body, {
      headers: { 'content-type': response.headers.get('content-type') ?? '', [HASH]: FILES[path] },
    });
  }
  return null;
}

/** The same file in the set of another version, if it did not change. */
async function copy(path, sets) {
  for (const set of sets) {
    const kept = await set.match(urlOf(path));
    if (kept?.headers.get(HASH) === FILES[path]) return kept;
  }
  return null;
}

async function otherSets() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  return names.filter((name) => name !== CHOICE && name !== setOf(VERSION));
}

/** Completes this version's set. What an interrupted attempt left is used; it is whole when this resolves. */
async function fill() {
  const set = await caches.open(setOf(VERSION));
  const kept = new Set((await set.keys()).map(({ url }) => url));
  const waiting = Object.keys(FILES).filter((path) => !kept.has(urlOf(path)));
  if (!waiting.length) return;
  const others = await Promise.all((await otherSets()).map((name) => caches.open(name)));
  const total = waiting.length;
  let hechos = 0;
  const lane = async () => {
    for (let path; (path = waiting.pop()); ) {
      const file = (await copy(path, others)) ?? (await download(path));
      if (!file) throw new Error(`${path}: the server has another version`);
      await set.put(urlOf(path), file);
      tell({ tipo: 'avance', hechos: (hechos += 1), total });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  } finally {
    waiting.length = 0;
  }
}

async function tell(message) {
  for (const page of await clients.matchAll({ type: 'window', includeUncontrolled: true })) page.postMessage(message);
}

// The set that answers, once it has been looked up: a start asks for forty files, and each look-up takes as long as a file.
let inUse = null;

/** The set that pages are answered from: `{ version, set }`. */
function answering() {
  inUse ??= chosen().then(async (version) => ({ version, set: await caches.open(setOf(version)) }));
  inUse.catch(() => (inUse = null));
  return inUse;
}

/** The version that pages are answered from. */
async function chosen() {
  const said = await caches.match(urlOf(''), { cacheName: CHOICE });
  const version = said && (await said.text());
  return version && (await caches.has(setOf(version))) ? version : choose();
}

async function choose() {
  inUse = null;
  await (await caches.open(CHOICE)).put(urlOf(''), new Response(VERSION));
  return VERSION;
}

/** Drops the sets that are neither this version's nor the one in use. */
async function clean() {
  const used = setOf(await chosen());
  await Promise.all((await otherSets()).filter((name) => name !== used).map((name) => caches.delete(name)));
}

/** The set has lost a file that cannot be had any more: from the next visit on, everything comes from the server. */
async function abandon() {
  abandoned = true;
  inUse = null;
  await registration.unregister();
  await Promise.all([CHOICE, setOf(VERSION)].map((name) => caches.delete(name)));
}

async function answer(request) {
  if (abandoned) return fetch(request);
  const path = pathOf(request.url);
  const { version, set } = await answering();
  const kept = await set.match(urlOf(path));
  if (kept) return kept;
  if (version !== VERSION || !Object.hasOwn(FILES, path)) return fetch(request);
  const again = await download(path);
  if (again) {
    await set.put(urlOf(path), again.clone());
    return again;
  }
  await abandon();
  return request.mode === 'navigate' ? fetch(request) : Response.error();
}

/** Tells a page whether it can do without the server, and whether there is a newer version than the one in use. */
async function report(page, version) {
  const used = await chosen();
  const same = version === used;
  const whole = same && (used !== VERSION || (await fill().then(() => true, () => false)));
  if (whole) await clients.claim();
  page.postMessage({ tipo: 'estado', lista: whole, nueva: !same || used !== VERSION });
}

async function renew() {
  await choose();
  await clean();
  await tell({ tipo: 'recargar' });
}

addEventListener('install', (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(clean()));
addEventListener('message', (event) => {
  if (event.data.tipo === 'estado') event.waitUntil(report(event.source, event.data.version));
  if (event.data.tipo === 'usar') event.waitUntil(renew());
});
addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && url.startsWith(registration.scope)) event.respondWith(answer(event.request));
});
