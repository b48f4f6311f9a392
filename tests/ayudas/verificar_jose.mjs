import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { decodeProtectedHeader, flattenedVerify } from 'jose';

const jws = JSON.parse(readFileSync('RAOCE_2023_EKU9003173C9.json', 'utf8'));
const { x5c } = decodeProtectedHeader(jws);
const certificado = new X509Certificate(Buffer.from(x5c[0], 'base64'));
const { payload, protectedHeader } = await flattenedVerify(jws, certificado.publicKey, { algorithms: ['RS256'] });
if (protectedHeader.typ !== 'raoce+json') throw new Error('not a RAOCE');
writeFileSync('reporte.json', payload);
console.log('Verified', certificado.subject);
