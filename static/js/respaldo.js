// Backups with a password, as the page makes and opens them: the password goes from its fields to cifrado.js and nowhere
// else, and the fields are emptied.
import { CifradoError, checkPassword, decrypt, encrypt } from './cifrado.js';
import { base64Of, bytes, save } from './efectos.js';

const valueOf = (id) => document.getElementById(id)?.value ?? '';
const codeOf = (error) => (error instanceof CifradoError ? error.codigo : 'respaldo-fallo');

function empty(ids) {
  for (const id of ids) {
    const field = document.getElementById(id);
    if (field) field.value = '';
  }
}

// WebCrypto cannot be interrupted: what was cancelled is dropped when it comes.
let turn = 0;
export const cancel = () => (turn += 1);

/** `sobre`: what the file says of itself, as Python writes it. */
export async function makeEncrypted({ nombre, texto, sobre, campos }, send) {
  const mine = (turn += 1);
  try {
    const [contrasena, otraVez] = campos.map(valueOf);
    checkPassword(contrasena, otraVez);
    const { sal, nonce, datos, suma } = await encrypt(texto, contrasena, sobre.derivacion.iteraciones);
    const [salText, nonceText, datosText] = await Promise.all([sal, nonce, datos].map((d) => base64Of(new Blob([d]))));
    if (mine !== turn) return;
    const derivacion = { ...sobre.derivacion, sal: salText };
    const cifrado = { ...sobre.cifrado, nonce: nonceText };
    const file = JSON.stringify({ ...sobre, derivacion, cifrado, suma, datos: datosText }, null, 1);
    save(nombre, new Blob([file], { type: 'application/json' }));
    empty(campos);
    send({ name: 'empresas.cifrado' });
  } catch (error) {
    console.warn(error);
    if (mine === turn) send({ name: 'empresas.cifrado-fallo', codigo: codeOf(error) });
  }
}

export async function openEncrypted({ sal, nonce, iteraciones, datos, campo }, send) {
  const mine = (turn += 1);
  try {
    const contrasena = valueOf(campo);
    if (contrasena === '') throw new CifradoError('respaldo-sin-contrasena');
    const sealed = { sal: bytes(sal), nonce: bytes(nonce), iteraciones, datos: bytes(datos) };
    const texto = await decrypt(sealed, contrasena);
    if (mine !== turn) return;
    empty([campo]);
    send({ name: 'empresas.descifrado', texto });
  } catch (error) {
    console.warn(error.codigo ?? error);
    if (mine === turn) send({ name: 'empresas.descifrado-fallo', codigo: codeOf(error) });
  }
}
