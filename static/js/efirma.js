/**
 * Opens an e.firma as the SAT delivers it (.cer and .key) and signs with it.
 * The private key never leaves this module: it is decrypted, handed to WebCrypto as
 * non-extractable, and the buffers that held it in clear are overwritten. No DOM, no
 * storage. What JavaScript cannot overwrite are strings: the password, and forge's
 * copy of the key that the password derives; both go out of reach when openKey ends.
 */

import { classify, readChildren, readPem, readSequence, TAG } from './der.js';
import { decryptLlave, EfirmaError, modulusBits, unwrapLlave } from './llave.js';

export { EfirmaError };

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const MIN_BITS = 2048;
const MAX_BITS = 4096;
const MAX_FILE = 65_536;

/**
 * Opens the pair and proves that the key belongs to the certificate.
 * Validity, owner and kind of certificate are not judged here (see raoce/certificado.py).
 *
 * @param {Uint8Array} certificado the .cer file, X.509 in DER or PEM.
 * @param {Uint8Array} llave the .key file, encrypted PKCS#8 in DER or PEM; left as it is.
 * @param {string} contrasena the password of the key.
 * @returns {Promise<{sign(bytes: Uint8Array): Promise<Uint8Array>}>} `sign` is RSASSA-PKCS1-v1_5 with SHA-256.
 * @throws {EfirmaError} `codigo`: sin-webcrypto, certificado-ilegible, certificado-es-llave,
 *   certificado-es-requerimiento, certificado-es-pfx, llave-es-pfx, llave-ilegible, llave-es-certificado, llave-sin-cifrar, contrasena-vacia,
 *   contrasena-incorrecta, cifrado-no-admitido, llave-no-rsa, llave-tamano (datos.bits), llave-ajena.
 */
export async function openKey(certificado, llave, contrasena) {
  // Browsers give WebCrypto to https: and localhost only.
  if (!globalThis.crypto?.subtle) throw new EfirmaError('sin-webcrypto');
  const publicKey = await importPublicKey(certificado);
  const encrypted = unwrapLlave(llave);
  if (contrasena === '') throw new EfirmaError('contrasena-vacia');
  const privateKey = await importPrivateKey(encrypted, contrasena);
  if (!(await belongs(privateKey, publicKey))) throw new EfirmaError('llave-ajena');
  return Object.freeze({
    sign: async (bytes) => new Uint8Array(await globalThis.crypto.subtle.sign(RS256, privateKey, bytes)),
  });
}

async function importPublicKey(file) {
  const pem = file.length <= MAX_FILE ? readPem(file) : null;
  if (pem?.label.endsWith('PRIVATE KEY')) throw new EfirmaError('certificado-es-llave');
  const der = pem?.der ?? file;
  switch (classify(der)) {
    case 'certificado': break;
    case 'requerimiento': throw new EfirmaError('certificado-es-requerimiento');
    case 'pfx': throw new EfirmaError('certificado-es-pfx');
    case 'llave-cifrada':
    case 'llave-clara': throw new EfirmaError('certificado-es-llave');
    default: throw new EfirmaError('certificado-ilegible');
  }
  try {
    // TBSCertificate: version, serial, signature, issuer, validity, subject, subjectPublicKeyInfo.
    const publicKeyInfo = readChildren(readSequence(der)[0])[6];
    if (publicKeyInfo.tag !== TAG.SEQUENCE) throw new EfirmaError('certificado-ilegible');
    return await globalThis.crypto.subtle.importKey('spki', publicKeyInfo.whole, RS256, false, ['verify']);
  } catch {
    throw new EfirmaError('certificado-ilegible');
  }
}

async function importPrivateKey(encrypted, contrasena) {
  const clear = await decryptLlave(encrypted, contrasena);
  // Of the size first: the browser takes seconds over a key of sixteen thousand bits.
  const bits = modulusBits(clear);
  let key;
  try {
    if (bits && (bits < MIN_BITS || bits > MAX_BITS)) throw new EfirmaError('llave-tamano', { bits });
    key = await globalThis.crypto.subtle.importKey('pkcs8', clear, RS256, false, ['sign']);
  } catch (error) {
    throw error instanceof EfirmaError ? error : new EfirmaError('llave-ilegible');
  } finally {
    clear.fill(0);
  }
  return key;
}

/** Only the key of the certificate can sign a text that nobody has seen before. */
async function belongs(privateKey, publicKey) {
  const { subtle } = globalThis.crypto;
  const challenge = globalThis.crypto.getRandomValues(new Uint8Array(32));
  const firma = await subtle.sign(RS256, privateKey, challenge).catch(() => {
    throw new EfirmaError('llave-ilegible');
  });
  return subtle.verify(RS256, publicKey, firma, challenge);
}
