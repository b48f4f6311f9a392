// Runs static/js/cifrado.js in Node for test_cifrado_js.py: one JSON request a line, one JSON answer a line.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { CifradoError, checkPassword, decrypt, encrypt } = await import(pathToFileURL(process.argv[2]));
const bytes = (base64) => new Uint8Array(Buffer.from(base64, 'base64'));
const base64 = (data) => Buffer.from(data).toString('base64');

const actions = {
  revisar: async ({ contrasena, otraVez }) => checkPassword(contrasena, otraVez),
  async cifrar({ texto, contrasena, iteraciones }) {
    const { sal, nonce, datos, suma } = await encrypt(texto, contrasena, iteraciones);
    return { sal: base64(sal), nonce: base64(nonce), datos: base64(datos), suma };
  },
  descifrar: async ({ sal, nonce, datos, iteraciones, contrasena }) => ({
    texto: await decrypt({ sal: bytes(sal), nonce: bytes(nonce), datos: bytes(datos), iteraciones }, contrasena),
  }),
};

async function answer({ accion, ...request }) {
  try {
    return (await actions[accion](request)) ?? {};
  } catch (error) {
    if (!(error instanceof CifradoError)) throw error;
    return { codigo: error.codigo };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
