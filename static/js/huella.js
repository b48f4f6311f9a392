/** The SHA-256 of some bytes, in hexadecimal. */
export async function sha256(body) {
  const digest = await crypto.subtle.digest('SHA-256', body);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
