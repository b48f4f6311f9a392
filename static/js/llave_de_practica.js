// The key of the training mode: made in the page, without a certificate, gone with it. It stands in for an e.firma.

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };

/**
 * @returns {Promise<{publica: {n: string, e: string}, sign(bytes: Uint8Array): Promise<Uint8Array>}>} `publica` as in a
 *   JWK (RFC 7517).
 * @throws {Error} `codigo` sin-webcrypto: browsers give WebCrypto to https:, localhost and files only.
 */
export async function createKey() {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) throw Object.assign(new Error('no WebCrypto'), { codigo: 'sin-webcrypto' });
  const { publicKey, privateKey } = await subtle.generateKey(RS256, false, ['sign', 'verify']);
  const { n, e } = await subtle.exportKey('jwk', publicKey);
  return { publica: { n, e }, sign: async (bytes) => new Uint8Array(await subtle.sign(RS256, privateKey, bytes)) };
}
