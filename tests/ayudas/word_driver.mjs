// Runs static/js/word.js in Node for test_papel.py: one letter as JSON a line, one .docx in base64 a line.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { makeWord } = await import(pathToFileURL(process.argv[2]));

for await (const line of createInterface({ input: process.stdin })) {
  const docx = await makeWord(JSON.parse(line));
  process.stdout.write(`${Buffer.from(docx).toString('base64')}\n`);
}
