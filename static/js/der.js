/**
 * Just enough DER (ITU-T X.690) and PEM (RFC 7468) to tell what a file is and to
 * cut out its parts. Everything is a view on the bytes given: nothing is copied,
 * so whoever owns a secret can overwrite it.
 */

export const TAG = { INTEGER: 0x02, BIT_STRING: 0x03, OCTET_STRING: 0x04, OID: 0x06, SEQUENCE: 0x30, CONTEXT_0: 0xa0 };

/** Thrown when the bytes are not DER. */
export class DerError extends Error {}

/**
 * Reads the element that starts at `at`.
 * @returns {{tag: number, content: Uint8Array, whole: Uint8Array, end: number}}
 * @throws {DerError} truncated, indefinite or oversized length.
 */
export function readElement(bytes, at = 0) {
  const tag = bytes[at];
  let length = bytes[at + 1];
  let start = at + 2;
  if (length === undefined) throw new DerError('truncated');
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 3) throw new DerError('length');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] ?? NaN);
  }
  const end = start + length;
  if (!(end <= bytes.length)) throw new DerError('truncated');
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end), end };
}

/** The elements inside a constructed one, in order. */
export function readChildren({ content }) {
  const children = [];
  for (let at = 0; at < content.length; at = children.at(-1).end) children.push(readElement(content, at));
  return children;
}

/** The children of the SEQUENCE that fills all of `bytes`. */
export function readSequence(bytes) {
  const element = readElement(bytes);
  if (element.tag !== TAG.SEQUENCE || element.end !== bytes.length) throw new DerError('not one sequence');
  return readChildren(element);
}

/** An OBJECT IDENTIFIER in dotted form: `1.2.840.113549.1.1.1`. */
export function readOid(element) {
  if (element?.tag !== TAG.OID) throw new DerError('not an OID');
  const arcs = [];
  let arc = 0;
  for (const byte of element.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const first = Math.min(Math.floor(arcs[0] / 40), 2);
  return [first, arcs[0] - 40 * first, ...arcs.slice(1)].join('.');
}

/** A non-negative INTEGER of at most six bytes. */
export function readInteger(element) {
  if (element?.tag !== TAG.INTEGER || element.content.length > 6) throw new DerError('not a small integer');
  return element.content.reduce((value, byte) => value * 256 + byte, 0);
}

/**
 * The single armoured block of a PEM file; null when the bytes are not PEM.
 * `der` is null when the block is not plain base64 (old OpenSSL keys carry headers).
 * @returns {{label: string, der: Uint8Array | null} | null}
 */
export function readPem(bytes) {
  if (bytes[0] === TAG.SEQUENCE) return null;
  const text = new TextDecoder('latin1').decode(bytes);
  const [, label, body] = /-----BEGIN ([A-Z0-9 ]+)-----([^]*?)-----END \1-----/.exec(text) ?? [];
  if (!label) return null;
  try {
    return { label, der: Uint8Array.from(atob(body), (char) => char.charCodeAt(0)) };
  } catch {
    return { label, der: null };
  }
}

/**
 * What a DER file is, by its outline alone.
 * @returns {'llave-cifrada' | 'llave-clara' | 'certificado' | 'requerimiento' | 'desconocido'}
 */
export function classify(der) {
  try {
    const [first, second, third] = readSequence(der);
    const inner = first.tag === TAG.SEQUENCE ? readChildren(first)[0].tag : null;
    if (inner === TAG.OID && second.tag === TAG.OCTET_STRING) return 'llave-cifrada';
    if (inner === TAG.CONTEXT_0 && third.tag === TAG.BIT_STRING) return 'certificado';
    if (inner === TAG.INTEGER && third.tag === TAG.BIT_STRING) return 'requerimiento';
    if (first.tag !== TAG.INTEGER) return 'desconocido';
    if (first.content[0] === 3 && second.tag === TAG.SEQUENCE) return 'pfx';
    // PKCS#8 {version, algorithm, key}, PKCS#1 {0, n, e…} and SEC 1 {1, key…} all begin with a number.
    return first.content[0] <= 1 ? 'llave-clara' : 'desconocido';
  } catch {
    return 'desconocido';
  }
}
