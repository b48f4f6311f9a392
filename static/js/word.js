/**
 * Writes the correction letter as a Word document with docx (npm). Loaded when a letter is asked for in Word.
 * It decides nothing of what the letter says: every text, and which columns hold figures, comes from Python
 * (`to_plain` in documentos/carta.py). The same letter gives the same bytes.
 */

import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  unzipSync,
  WidthType,
  zipSync,
} from '../vendor/docx.js';

// Twentieths of a point: letter size, margins of 22 mm, and the three columns of the table between them.
const PAGE = { width: 12240, height: 15840 };
const MARGIN = 1247;
const WIDTHS = [5066, 2340, 2340];
const CORE = 'docProps/core.xml';
// Zip has no time before it. In the zone of whoever writes, since that is how a zip counts.
const ZIP_DATE = new Date(1980, 0, 1);
// The characters that XML 1.0 does not allow, not even escaped.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const keep = { keepNext: true, keepLines: true };
const line = { style: BorderStyle.SINGLE, size: 4, space: 0, color: '808080' };

// Calibri comes with Word; LibreOffice has its twin, Carlito.
const BASE = {
  run: { font: 'Calibri', size: 22 },
  paragraph: { spacing: { after: 120, line: 252, lineRule: LineRuleType.AUTO } },
};
/** Each one: its paragraph, its text. */
const STYLES = {
  Fecha: [{ spacing: { after: 300 }, alignment: AlignmentType.RIGHT }],
  Destinatario: [{ spacing: { after: 0 } }, { bold: true }],
  Asunto: [{ spacing: { before: 240, after: 240 } }, { bold: true }],
  Cuerpo: [{ spacing: { after: 120 }, alignment: AlignmentType.BOTH }],
  Celda: [{ spacing: { before: 20, after: 20, line: 240, lineRule: LineRuleType.AUTO } }, { size: 21 }],
  Aire: [{ spacing: { after: 0, line: 160, lineRule: LineRuleType.EXACT } }],
  Anexos: [{ spacing: { after: 0 } }],
  Despedida: [{ keepNext: true, spacing: { before: 240, after: 0 }, alignment: AlignmentType.CENTER }],
  Espacio: [{ keepNext: true, spacing: { before: 800, after: 0 } }],
  Firma: [{ ...keep, spacing: { after: 0 }, alignment: AlignmentType.CENTER }],
  Renglon: [
    {
      ...keep,
      spacing: { after: 0 },
      indent: { left: 2700, right: 2700 },
      alignment: AlignmentType.CENTER,
      border: { top: { style: BorderStyle.SINGLE, size: 6, space: 4, color: '000000' } },
    },
    { bold: true },
  ],
  Pie: [{ spacing: { after: 0 }, alignment: AlignmentType.RIGHT }, { color: '595959', size: 18 }],
  Sello: [{ spacing: { after: 240 }, alignment: AlignmentType.CENTER }, { bold: true, color: '595959', size: 26 }],
};

/**
 * @param {object} carta what `to_plain` gives: `idioma`, `titulo`, `sello` (a mark, or ''), `generado` (ISO 8601),
 *   `lugarYFecha`, `destinatario`, `asunto`, `parrafos`, `tabla` (null, or `encabezados`, `filas`, `derecha`),
 *   `cierre`, `anexos`, `despedida`, `firmante`, `pagina` (the words before the page number, between both, and after).
 * @returns {Promise<Uint8Array>} the .docx file.
 */
export async function makeWord(carta) {
  const document = new Document({
    title: clean(carta.titulo),
    creator: 'RAOCE',
    lastModifiedBy: 'RAOCE',
    styles: {
      default: { document: { ...BASE, run: { ...BASE.run, language: { value: carta.idioma } } } },
      paragraphStyles: Object.entries(STYLES).map(([id, [paragraph, run = {}]]) => (
        { id, name: id, basedOn: 'Normal', paragraph, run }
      )),
    },
    sections: [
      {
        properties: {
          // The first page has a foot of its own, empty, as letters do.
          titlePage: true,
          page: {
            size: PAGE,
            margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN, header: 708, footer: 600 },
          },
        },
        headers: head(carta.sello),
        footers: { default: new Footer({ children: [pageNumber(carta.pagina)] }) },
        children: [...body(carta)],
      },
    ],
  });
  return dated(new Uint8Array(await Packer.toArrayBuffer(document)), carta);
}

function* body({ sello, lugarYFecha, destinatario, asunto, parrafos, tabla, cierre, anexos, despedida, firmante }) {
  if (sello) yield paragraph(sello, 'Sello');
  yield paragraph(lugarYFecha, 'Fecha');
  for (const text of destinatario) yield paragraph(text, 'Destinatario');
  yield paragraph(asunto, 'Asunto');
  for (const text of parrafos) yield paragraph(text, 'Cuerpo');
  if (tabla) yield* [table(tabla), paragraph('', 'Aire')];
  for (const text of cierre) yield paragraph(text, 'Cuerpo');
  for (const [i, text] of anexos.entries()) yield paragraph(text, 'Anexos', { bold: i === 0 });
  if (despedida) yield paragraph(despedida, 'Despedida');
  // Room to sign, and who signs: kept on one page.
  yield paragraph('', 'Espacio');
  const [first = '', ...others] = firmante;
  yield paragraph(first, 'Renglon');
  for (const text of others) yield paragraph(text, 'Firma');
}

const clean = (text) => text.replace(FORBIDDEN, '');

/** A paragraph in one of the styles of the document; its line breaks stay. */
function paragraph(text, style, { bold, right } = {}) {
  const lines = clean(text).split('\n');
  const children = lines.map((words, i) => new TextRun({ text: words, break: i ? 1 : undefined, bold }));
  return new Paragraph({ style, children, alignment: right ? AlignmentType.RIGHT : undefined });
}

/** A table whose first row comes again on every page. */
function table({ encabezados, filas, derecha }) {
  const row = (cells, heading) =>
    new TableRow({
      cantSplit: true,
      tableHeader: heading || undefined,
      children: cells.map(
        (text, i) =>
          new TableCell({
            width: { size: WIDTHS[i], type: WidthType.DXA },
            shading: heading ? { type: ShadingType.CLEAR, color: 'auto', fill: 'ECECEC' } : undefined,
            children: [paragraph(text, 'Celda', { bold: heading || undefined, right: derecha[i] })],
          }),
      ),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: WIDTHS.reduce((a, b) => a + b), type: WidthType.DXA },
    columnWidths: WIDTHS,
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    margins: { left: 85, right: 85, marginUnitType: WidthType.DXA },
    rows: [row(encabezados, true), ...filas.map((cells) => row(cells, false))],
  });
}

/** The mark at the head of every page; the first one has a head of its own. */
function head(sello) {
  const header = () => new Header({ children: [paragraph(sello, 'Sello')] });
  return sello ? { default: header(), first: header() } : undefined;
}

function pageNumber([before, between, after]) {
  const children = [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after];
  return new Paragraph({ style: 'Pie', children: [new TextRun({ children })] });
}

/** The same file with the date of the letter, its language, and no trace of the clock: docx has no option for them. */
function dated(file, { generado, idioma }) {
  const parts = unzipSync(file);
  const core = new TextDecoder()
    .decode(parts[CORE])
    .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${generado}`)
    .replace('</cp:coreProperties>', `<dc:language>${idioma}</dc:language>$&`);
  return zipSync({ ...parts, [CORE]: new TextEncoder().encode(core) }, { mtime: ZIP_DATE });
}
