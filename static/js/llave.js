/**
 * The SAT's .key file: PKCS#8 EncryptedPrivateKeyInfo (RFC 5958), opened with its
 * password. PBES2 (RFC 8018) with PBKDF2 and 3DES or AES in CBC mode, and the
 * PKCS#12 scheme with SHA-1 and 3DES (RFC 7292). WebCrypto derives, forge decrypts.
 */

import { createBuffer, createDecipher, derivePkcs12 } from '../vendor/forge.js';
import { classify, DerError, readChildren, readInteger, readOid, readPem, readSequence, TAG } from './der.js';

/** Why an e.firma cannot be opened. `codigo` is stable; `datos` holds what a message needs. */
export class EfirmaError extends Error {
  constructor(codigo, datos = {}) {
    super(codigo);
    this.name = 'EfirmaError';
    this.codigo = codigo;
    this.datos = datos;
  }
}

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const PBE_SHA1_3DES = '1.2.840.113549.1.12.1.3';
const RSA = '1.2.840.113549.1.1.1';

/** Hash of each PBKDF2 pseudo-random function, as WebCrypto names it. */
const PRF = {
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
};

/** Block cipher of each PBES2 encryption scheme; lengths in bytes. */
const CIPHER = {
  '1.2.840.113549.3.7': { name: '3DES-CBC', keyLength: 24, block: 8 },
  '2.16.840.1.101.3.4.1.2': { name: 'AES-CBC', keyLength: 16, block: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'AES-CBC', keyLength: 24, block: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'AES-CBC', keyLength: 32, block: 16 },
};

/** The SAT uses 2,048; more than this would only freeze the page, which derives PKCS#12 in JavaScript. */
const MAX_ITERATIONS = 1_000_000;
const MAX_ITERATIONS_PKCS12 = 50_000;
const MAX_FILE = 65_536;

/**
 * The DER of an encrypted key, out of a .key file or its PEM form.
 * @throws {EfirmaError} llave-ilegible, llave-es-certificado, llave-es-pfx, llave-sin-cifrar, cifrado-no-admitido.
 */
export function unwrapLlave(file) {
  if (file.length > MAX_FILE) throw new EfirmaError('llave-ilegible');
  const pem = readPem(file);
  if (pem?.label.endsWith('PRIVATE KEY') && !pem.der) throw new EfirmaError('cifrado-no-admitido');
  const der = pem ? pem.der ?? new Uint8Array() : file;
  switch (classify(der)) {
    case 'llave-cifrada': return der;
    case 'llave-clara': throw new EfirmaError('llave-sin-cifrar');
    case 'certificado':
    case 'requerimiento': throw new EfirmaError('llave-es-certificado');
    case 'pfx': throw new EfirmaError('llave-es-pfx');
    default: throw new EfirmaError('llave-ilegible');
  }
}

/**
 * Decrypts an EncryptedPrivateKeyInfo.
 * @returns {Promise<Uint8Array>} PrivateKeyInfo in clear: the caller must overwrite it.
 * @throws {EfirmaError} contrasena-incorrecta, cifrado-no-admitido, llave-ilegible, llave-no-rsa.
 */
export async function decryptLlave(der, contrasena) {
  const { derive, cipher, encrypted } = readScheme(der);
  if (encrypted.length === 0 || encrypted.length % cipher.block !== 0) throw new EfirmaError('llave-ilegible');
  for (const spelling of spellings(contrasena)) {
    const secret = await derive(spelling);
    if (!secret) continue;
    const clear = removePadding(decryptCbc(cipher, secret, encrypted));
    const algorithm = readAlgorithm(clear);
    if (algorithm === RSA) return clear;
    clear.fill(0);
    if (algorithm) throw new EfirmaError('llave-no-rsa');
  }
  throw new EfirmaError('contrasena-incorrecta');
}

/**
 * The ways a password may have become bytes, as binary strings: UTF-8 first, then one
 * byte a character (Latin-1), for keys made on Windows; composed first, then as typed.
 */
function spellings(contrasena) {
  const utf8 = (text) => String.fromCharCode(...new TextEncoder().encode(text));
  const composed = contrasena.normalize('NFC');
  return new Set([utf8(composed), composed, utf8(contrasena), contrasena]);
}

/** How the key is encrypted: {derive(spelling) → {key, iv} | null, cipher, encrypted}. */
function readScheme(der) {
  try {
    const [algorithm, { content: encrypted }] = readSequence(der);
    const [oid, parameters] = readChildren(algorithm);
    switch (readOid(oid)) {
      case PBES2: return { ...readPbes2(parameters), encrypted };
      case PBE_SHA1_3DES: return { ...readPkcs12(parameters), encrypted };
      default: throw new EfirmaError('cifrado-no-admitido');
    }
  } catch (error) {
    throw error instanceof DerError || error instanceof TypeError ? new EfirmaError('llave-ilegible') : error;
  }
}

function readPbes2(parameters) {
  const [derivation, encryption] = readChildren(parameters).map(readChildren);
  const [salt, iterations, ...rest] = readChildren(derivation[1]);
  const prf = rest.find(({ tag }) => tag === TAG.SEQUENCE);
  const hash = prf ? PRF[readOid(readChildren(prf)[0])] : 'SHA-1';
  const cipher = CIPHER[readOid(encryption[0])];
  if (readOid(derivation[0]) !== PBKDF2 || !hash || !cipher) throw new EfirmaError('cifrado-no-admitido');
  const iv = encryption[1].content;
  if (iv.length !== cipher.block) throw new DerError('iv');
  const options = { name: 'PBKDF2', hash, salt: salt.content, iterations: checkIterations(iterations) };

  const derive = async (spelling) => {
    const bytes = Uint8Array.from(spelling, (char) => char.charCodeAt(0));
    if (binary(bytes) !== spelling) return null;
    const { subtle } = globalThis.crypto;
    const password = await subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
    bytes.fill(0);
    const key = new Uint8Array(await subtle.deriveBits(options, password, cipher.keyLength * 8));
    return { key, iv: binary(iv) };
  };
  return { derive, cipher };
}

function readPkcs12(parameters) {
  const [salt, iterations] = readChildren(parameters);
  const count = checkIterations(iterations, MAX_ITERATIONS_PKCS12);
  const derive = async (spelling) => {
    const part = (id, length) => derivePkcs12(spelling, createBuffer(salt.content), id, count, length).getBytes();
    return { key: Uint8Array.from(part(1, 24), (char) => char.charCodeAt(0)), iv: part(2, 8) };
  };
  return { derive, cipher: { name: '3DES-CBC', block: 8 } };
}

function checkIterations(element, most = MAX_ITERATIONS) {
  const count = readInteger(element);
  if (count < 1 || count > most) throw new EfirmaError('cifrado-no-admitido');
  return count;
}

const binary = (bytes) => String.fromCharCode(...bytes);

/** Decrypts into a buffer of our own, because forge's are strings and cannot be overwritten. */
function decryptCbc({ name }, { key, iv }, encrypted) {
  const clear = new Uint8Array(encrypted.length);
  const view = new DataView(clear.buffer);
  let at = 0;
  const output = {
    putInt32(word) {
      view.setInt32(at, word);
      at += 4;
    },
  };
  const decipher = createDecipher(name, binary(key));
  key.fill(0);
  decipher.start({ iv, output });
  decipher.update(createBuffer(encrypted));
  decipher.finish(() => true);
  return clear;
}

/** RFC 8018, 6.1.1: n bytes of value n. Nothing is left when the padding is wrong, as after a wrong password. */
function removePadding(clear) {
  const pad = clear.at(-1);
  const valid = pad > 0 && clear.subarray(-pad).every((byte) => byte === pad);
  return clear.subarray(0, valid ? clear.length - pad : 0);
}

/** The algorithm OID of a PrivateKeyInfo; null when the bytes are not one (wrong password). */
/** Bits of the modulus of a PrivateKeyInfo that holds an RSA key; 0 when it cannot be read. */
export function modulusBits(clear) {
  try {
    const [, , key] = readSequence(clear);
    const [, modulus] = readSequence(key.content);
    const first = modulus.content.findIndex((byte) => byte !== 0);
    return first < 0 ? 0 : (modulus.content.length - first) * 8 - Math.clz32(modulus.content[first]) + 24;
  } catch {
    return 0;
  }
}

function readAlgorithm(clear) {
  try {
    const [version, algorithm, key] = readSequence(clear);
    if (readInteger(version) > 1 || key.tag !== TAG.OCTET_STRING) return null;
    return readOid(readChildren(algorithm)[0]);
  } catch {
    return null;
  }
}
