// What static/js/word.js needs of docx, and the zip that docx writes with, to give its parts one date.
export {
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
  WidthType,
} from 'docx';
export { unzipSync, zipSync } from 'fflate';
