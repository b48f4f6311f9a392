// What static/js/llave.js needs of node-forge, and no more: CBC decryption with
// 3DES and AES (WebCrypto has no 3DES, and Chromium's no AES-192) and the PKCS#12 key derivation.
import forge from 'node-forge/lib/forge.js';
import 'node-forge/lib/aes.js';
import 'node-forge/lib/des.js';
import 'node-forge/lib/pbe.js';

/** (algorithm: '3DES-CBC' | 'AES-CBC', key: binary string) → block decipher. */
export const createDecipher = forge.cipher.createDecipher;

/** RFC 7292 B.2 with SHA-1: (password, salt: ByteBuffer, id, iterations, length) → ByteBuffer. */
export const derivePkcs12 = forge.pki.pbe.generatePkcs12Key;

/** Uint8Array or binary string → forge's ByteBuffer. */
export const createBuffer = forge.util.createBuffer;
