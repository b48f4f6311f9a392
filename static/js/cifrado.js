/**
 * Backups with a password: PBKDF2 with SHA-256, then AES-256 in GCM mode, both by WebCrypto. docs/respaldo.md describes
 * the file. No DOM, no storage; the password is in no variable that outlives the call.
 */

const FORMATO = 'raoce-respaldo-cifrado/1'; // is authenticated with the data
const MAX_ITERATIONS = 5_000_000;
const MIN_LENGTH = 12;
const MIN_DIFFERENT = 5;

/** Why a backup cannot be made or opened. `codigo` is stable. */
export class CifradoError extends Error {
  constructor(codigo) {
    super(codigo);
    this.name = 'CifradoError';
    this.codigo = codigo;
  }
}

/** @throws {CifradoError} for a password that a program would soon guess. */
export function checkPassword(contrasena, otraVez) {
  if (contrasena === '') throw new CifradoError('respaldo-sin-contrasena');
  if (contrasena !== otraVez) throw new CifradoError('respaldo-contrasenas-distintas');
  const letters = [...contrasena];
  if (letters.length < MIN_LENGTH) throw new CifradoError('respaldo-contrasena-corta');
  const isDate = /^[\d\s/.:-]+$/.test(contrasena);
  if (isDate || new Set(letters).size < MIN_DIFFERENT) throw new CifradoError('respaldo-contrasena-facil');
}

/**
 * @param {string} texto what is kept secret.
 * @param {number} iteraciones of PBKDF2.
 * @returns {Promise<{sal: Uint8Array, nonce: Uint8Array, datos: Uint8Array, suma: string}>} `suma`: SHA-256 in
 *   hexadecimal of salt, nonce, iterations as digits, and data; it tells damage from a wrong password.
 */
export async function encrypt(texto, contrasena, iteraciones) {
  const { subtle } = webCrypto();
  const sal = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(12));
  const key = await deriveKey(contrasena, sal, iteraciones, 'encrypt');
  const datos = new Uint8Array(await subtle.encrypt(gcm(nonce), key, encode(texto)));
  return { sal, nonce, datos, suma: await sumOf([sal, nonce, encode(String(iteraciones)), datos]) };
}

/** @throws {CifradoError} sin-webcrypto, respaldo-iteraciones, respaldo-contrasena-incorrecta. */
export async function decrypt({ sal, nonce, iteraciones, datos }, contrasena) {
  const { subtle } = webCrypto();
  // Python has refused such a file already; a browser would be at it for hours.
  if (!(iteraciones >= 1 && iteraciones <= MAX_ITERATIONS)) throw new CifradoError('respaldo-danado');
  const key = await deriveKey(contrasena, sal, iteraciones, 'decrypt');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await subtle.decrypt(gcm(nonce), key, datos));
  } catch (cause) {
    throw Object.assign(new CifradoError('respaldo-contrasena-incorrecta'), { cause });
  }
}

// Browsers give WebCrypto to https: and localhost only.
function webCrypto() {
  if (!globalThis.crypto?.subtle) throw new CifradoError('respaldo-sin-webcrypto');
  return globalThis.crypto;
}

const encode = (texto) => new TextEncoder().encode(texto);
const gcm = (iv) => ({ name: 'AES-GCM', iv, additionalData: encode(FORMATO) });

// Composed, because a keyboard may send «ñ» or «á» as one character or as two.
async function deriveKey(contrasena, salt, iterations, use) {
  const { subtle } = globalThis.crypto;
  const secret = encode(contrasena.normalize('NFC'));
  const password = await subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  secret.fill(0);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return subtle.deriveKey(derivation, password, { name: 'AES-GCM', length: 256 }, false, [use]);
}

async function sumOf(parts) {
  const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
  const sum = await globalThis.crypto.subtle.digest('SHA-256', whole);
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
